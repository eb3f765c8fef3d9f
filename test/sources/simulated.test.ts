import { describe, expect, it } from "vitest";
import { noEffects } from "../../src/core/effects.ts";
import type { Recorder } from "../../src/core/observation.ts";
import { createRandom } from "../../src/core/random.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { simulated } from "../../src/sources/simulated.ts";

describe("the simulated source", () => {
  const options = simulated.schema.parse({
    base_latency: "50ms",
    interval: "500ms",
    calls: [{ service: "auth-service" }],
  });

  it("can be broken, looks as often as it beats, and says whom a service calls", () => {
    expect(simulated.kind).toBe("simulated");
    expect(simulated.breakable).toBe(true);
    expect(simulated.cadenceMs(options)).toBe(500);
    expect(simulated.calls(options)).toEqual(["auth-service"]);
  });

  it("has an example that its own schema takes", () => {
    const { name, source, ...rest } = simulated.example;
    expect([name, source]).toEqual(["payment-service", "simulated"]);
    expect(simulated.schema.safeParse(rest).success).toBe(true);
  });

  it("opens a world of services that call each other, and stops it", () => {
    const clock = createVirtualClock();
    const counts = new Map<string, number>();
    const recorderOf = (service: string): Recorder => {
      const request = () => void counts.set(service, (counts.get(service) ?? 0) + 1);
      return {
        request,
        labelled: () => ({ request }),
        check: () => {},
        heartbeat: () => {},
        gauge: () => {},
        count: () => {},
      };
    };
    const quiet = simulated.schema.parse({ base_latency: "10ms", rate: 0 });
    const open = simulated.open(
      [
        { service: "api-gateway", options, recorder: recorderOf("api-gateway") },
        { service: "auth-service", options: quiet, recorder: recorderOf("auth-service") },
      ],
      {
        clock,
        random: (name) => createRandom(1, name),
        effects: () => noEffects(),
        live: false,
        report: () => {},
      },
    );
    clock.runUntil(clock.now() + 10_000);
    expect(counts.get("api-gateway")).toBeGreaterThan(100);
    expect(counts.get("auth-service")).toBeGreaterThan(100);
    open.stop();
    const before = new Map(counts);
    clock.runUntil(clock.now() + 10_000);
    expect(counts).toEqual(before);
  });
});
