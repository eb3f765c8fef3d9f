import { describe, expect, it } from "vitest";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { simulated } from "../../src/sources/simulated.ts";
import { watchedBy } from "./entities.ts";
import { createFakeContext } from "./fake-context.ts";
import { createRecording } from "./recording.ts";

const FRONT = { base_latency: "50ms", interval: "500ms", calls: [{ service: "auth-service" }] };

describe("the simulated source", () => {
  it("is breakable, and takes cadence and links from the options", () => {
    const options = simulated.schema.parse({ ...FRONT, publishes: [{ to: "orders" }] });
    expect(simulated.breakable).toBe(true);
    expect(simulated.cadenceMs(options)).toBe(500);
    expect(simulated.links(options)).toEqual([
      { type: "calls", to: "auth-service" },
      { type: "publishes", to: "orders" },
    ]);
  });

  it("opens one simulation of services that call each other, and stops it", () => {
    const clock = createVirtualClock();
    const { context, timers } = createFakeContext(clock, { live: false });
    const [front, auth] = [createRecording(() => clock.now()), createRecording(() => clock.now())];
    const open = simulated.open(
      [
        watchedBy(simulated, "api-gateway", FRONT, front.recorder),
        watchedBy(simulated, "auth-service", { base_latency: "10ms", rate: 0 }, auth.recorder),
      ],
      context,
    );
    clock.runUntil(clock.now() + 10_000);
    expect(front.requests.length).toBeGreaterThan(100);
    expect(auth.requests.length).toBeGreaterThan(100);
    open.stop();
    expect(timers()).toBe(0);
    const before = [front.times.length, auth.times.length];
    clock.runUntil(clock.now() + 10_000);
    expect([front.times.length, auth.times.length]).toEqual(before);
  });
});
