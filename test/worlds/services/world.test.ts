import { describe, expect, it } from "vitest";
import { createVirtualClock } from "../../../src/core/virtual-clock.ts";
import { services } from "../../../src/worlds/services/index.ts";
import { createFakeContext } from "../../sources/fake-context.ts";
import { createRecording } from "../../sources/recording.ts";

const options = services.schema.parse({
  services: [
    {
      name: "a",
      labels: { team: "shop" },
      base_latency: "10ms",
      interval: "500ms",
      calls: [{ service: "b" }],
    },
    { name: "b", base_latency: "10ms", rate: 0, publishes: [{ to: "orders" }] },
  ],
});

describe("the world of services", () => {
  it("declares its services with labels, links, cadence and only their own options", () => {
    const [a, b] = services.entities(options, "shop");
    expect(a).toMatchObject({
      name: "a",
      kind: "service",
      labels: { team: "shop" },
      links: [{ type: "calls", to: "b" }],
      cadenceMs: 500,
    });
    expect(a?.options).not.toHaveProperty("name");
    expect(a?.options).not.toHaveProperty("labels");
    expect(b).toMatchObject({ labels: {}, links: [{ type: "publishes", to: "orders" }], cadenceMs: 200 });
  });

  it("runs them, and stops them", () => {
    const clock = createVirtualClock();
    const { context, timers } = createFakeContext(clock, { live: false, send: () => undefined });
    const recordings = new Map(["a", "b"].map((name) => [name, createRecording(() => clock.now())]));
    const watched = services
      .entities(options, "shop")
      .map((entity) => ({ entity, recorder: recordings.get(entity.name)!.recorder }));
    const open = services.open(watched, context);
    clock.runUntil(clock.now() + 10_000);
    for (const { requests } of recordings.values()) expect(requests.length).toBeGreaterThan(100);
    open.stop();
    expect(timers()).toBe(0);
  });

  it.each<[object, string]>([
    [{}, "services: must be a list of services"],
    [{ services: [] }, "services: must list at least one service"],
    [
      {
        services: [
          { name: "a", base_latency: 1 },
          { name: "a", base_latency: 1 },
        ],
      },
      'services.1.name: "a" is already the name of a service above; use another name',
    ],
    [
      { services: [{ name: "*", base_latency: 1 }] },
      'services.0.name: must not be "*", which is reserved for the whole fleet',
    ],
    [{ services: [{ name: " a", base_latency: 1 }] }, "services.0.name: must not begin or end with a space"],
    [
      { services: [{ name: "a", base_latency: 1, labels: { team: 1 } }] },
      "services.0.labels.team: must be text; put it in quotes",
    ],
  ])("refuses %j", (written, problem) => {
    const issues = services.schema.safeParse(written).error?.issues ?? [];
    expect(issues.map(({ path, message }) => `${path.join(".")}: ${message}`)).toEqual([problem]);
  });

  it("has an example that its own schema accepts", () => {
    expect(services.example.world).toBe(services.kind);
    expect(services.schema.safeParse(services.example.options).success).toBe(true);
  });
});
