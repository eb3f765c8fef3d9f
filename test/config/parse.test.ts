import { describe, expect, it } from "vitest";
import { configOf } from "./harness.ts";

describe("a valid config", () => {
  it("needs only the name of a service", () => {
    const config = configOf("services: [{ name: api }]");
    const limits = {
      availability: { down: 95 },
      error_rate: { degraded: 0.05, critical: 0.1 },
      p99: { degraded: 500, critical: 1000 },
    };
    expect(config).toEqual({
      tickMs: 500,
      windowMs: 15_000,
      seed: 1,
      entities: [
        {
          name: "api",
          kind: "service",
          labels: {},
          links: [],
          cadenceMs: 1000,
          windowMs: 20_000,
          limits,
          options: { model: "steady", rate: 10, interval: 1000, calls: [], publishes: [] },
        },
      ],
      origins: [{ name: "pretend", type: "source", kind: "pretend", entities: ["api"] }],
      kinds: {
        service: { limits },
        queue: {
          limits: { depth: { degraded: 100, critical: 1000 }, fairness: { degraded: 0.5, critical: 0.2 } },
        },
        worker: { limits: {} },
      },
      rules: [{ name: "LATENCY", kind: "LATENCY", options: { above: 500 }, entities: undefined }],
    });
  });

  it("survives JSON, as the build stores it", () => {
    const config = configOf(`
worlds: [{ world: factory, options: { queues: [{ name: q }] }, limits: { queue: { depth: { critical: 9000 } } } }]
`);
    expect(JSON.parse(JSON.stringify(config))).toEqual(config);
  });

  it("separates the common keys of a service from those of its source", () => {
    const [service] = configOf(
      "services: [{ name: shop, source: web, url: 'http://localhost', labels: { team: blue }, window: 1m }]",
    ).entities;
    expect(service?.options).toEqual({ url: "http://localhost", interval: 5000 });
    expect(service?.labels).toEqual({ team: "blue" });
    expect(service?.windowMs).toBe(60_000);
  });

  it("gives a service with rare observations a window of twenty observations", () => {
    const config = configOf(`
window: 30s
services:
  - { name: quick, interval: 100ms }
  - { name: slow, interval: 10s }
`);
    expect(config.entities.map((service) => service.windowMs)).toEqual([30_000, 200_000]);
  });

  it("groups services by source, in any order of the list", () => {
    const config = configOf(`
services:
  - { name: a, calls: [{ service: c }] }
  - { name: b, source: web, url: "http://localhost" }
  - { name: c }
`);
    expect(config.entities.map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect(config.entities[0]?.links).toEqual([{ type: "calls", to: "c" }]);
    expect(config.origins).toEqual([
      { name: "pretend", type: "source", kind: "pretend", entities: ["a", "c"] },
      { name: "web", type: "source", kind: "web", entities: ["b"] },
    ]);
  });

  it("uses the configured rules, and none for an empty list", () => {
    const text = "services: [{ name: a }]\nrules: [{ kind: LATENCY, above: 1s, services: [a] }]";
    const rule = { name: "LATENCY", kind: "LATENCY", options: { above: 1000 }, entities: ["a"] };
    expect(configOf(text).rules).toEqual([rule]);
    expect(configOf(text.replace("services: [a]", "entities: [a]")).rules).toEqual([rule]);
    expect(configOf(text.replace("services: [a]", "name: SLOW")).rules).toEqual([
      { ...rule, name: "SLOW", entities: undefined },
    ]);
    expect(configOf("services: [{ name: a }]\nrules: []").rules).toEqual([]);
  });

  it("names a rule for a measure after the alert of that measure by default", () => {
    const rules = (rest: string) =>
      configOf(`services: [{ name: a }]\nrules: [{ kind: LIMIT, ${rest} }]`).rules.map(({ name }) => name);
    expect(rules("measure: depth")).toEqual(["QUEUE_DEPTH"]);
    expect(rules("measure: depth, name: BACKLOG")).toEqual(["BACKLOG"]);
  });

  it("rounds ticks to whole ms, so that a million of them do not drift", () => {
    expect(configOf("tick: 100.4ms\nservices: [{ name: a }]").tickMs).toBe(100);
  });

  it("resolves aliases", () => {
    const config = configOf(`
services:
  - { name: a, labels: &shared { team: blue } }
  - { name: b, labels: *shared }
`);
    expect(config.entities[1]?.labels).toEqual({ team: "blue" });
  });
});

describe("worlds", () => {
  const text = `
services: [{ name: shop, publishes: [{ to: orders }] }]
worlds:
  - world: factory
    labels: { site: north, factory: any }
    window: 40s
    options:
      pulse: 4s
      queues: [{ name: orders }]
      workers: [{ name: packer, takes_from: orders }]
  - { world: factory, name: second, options: { workers: [{ name: helper, takes_from: orders }] } }
`;
  const config = configOf(text);

  it("contribute their entities after the services", () => {
    expect(config.entities.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      "service shop",
      "queue orders",
      "worker packer",
      "worker helper",
    ]);
    expect(config.origins.slice(1)).toEqual([
      { name: "factory", type: "world", kind: "factory", entities: ["orders", "packer"] },
      { name: "second", type: "world", kind: "factory", entities: ["helper"] },
    ]);
  });

  it("are valid without services", () => {
    const alone = configOf("worlds: [{ world: factory, options: { queues: [{ name: q }] } }]");
    expect(alone.entities.map(({ name }) => name)).toEqual(["q"]);
    expect(alone.rules.map(({ name }) => name)).toEqual(["LATENCY", "QUEUE_DEPTH"]);
  });

  it("give their entities labels and a window, and keep those that an entity declares", () => {
    const [, orders, packer, helper] = config.entities;
    expect(orders?.labels).toEqual({ site: "north", factory: "any" });
    expect(packer?.labels).toEqual({ site: "north", factory: "factory" });
    expect(packer?.links).toEqual([{ type: "consumes", to: "orders" }]);
    expect([orders?.windowMs, helper?.windowMs]).toEqual([40_000, 15_000]);
  });

  it("have windows of twenty observations if those are rare", () => {
    const rare = configOf("worlds: [{ world: factory, options: { pulse: 10s, queues: [{ name: q }] } }]");
    expect(rare.entities[0]?.windowMs).toBe(200_000);
  });

  it("can be linked to from services", () => {
    expect(config.entities[0]?.links).toEqual([{ type: "publishes", to: "orders" }]);
  });
});

describe("limits", () => {
  it("of a service change some thresholds and keep the others", () => {
    const config = configOf(`
thresholds: { p99_degraded: 200ms, availability_down: 90 }
services:
  - { name: a, thresholds: { p99_degraded: 300ms, stale_after: 1m } }
  - { name: b }
`);
    const [a, b] = config.entities;
    expect(a?.limits).toMatchObject({ p99: { degraded: 300, critical: 1000 }, availability: { down: 90 } });
    expect(a?.staleAfterMs).toBe(60_000);
    expect(b?.limits).toMatchObject({ p99: { degraded: 200 }, availability: { down: 90 } });
    expect(b?.staleAfterMs).toBeUndefined();
    expect(config.kinds.service?.limits).toEqual(b?.limits);
  });

  it("mean the same in both spellings", () => {
    const old = configOf(`
thresholds: { error_rate_degraded: 0.01 }
services: [{ name: a, thresholds: { p99_critical: 2s } }]
`);
    const general = configOf(`
limits: { service: { error_rate: { degraded: 0.01 } } }
services: [{ name: a, limits: { p99: { critical: 2s } } }]
`);
    expect(general).toEqual(old);
  });

  it("come from the measure, then the top level, then the entry", () => {
    const config = configOf(`
limits: { queue: { depth: { degraded: 50 }, oldest_age: { critical: 2m } } }
worlds:
  - world: factory
    options: { queues: [{ name: a }] }
    limits: { queue: { depth: { critical: 500 }, oldest_age: { critical: 5m } } }
  - { world: factory, name: other, options: { queues: [{ name: b }] } }
`);
    const [a, b] = config.entities;
    expect(a?.limits).toMatchObject({
      depth: { degraded: 50, critical: 500 },
      oldest_age: { critical: 300_000 },
    });
    expect(b?.limits).toMatchObject({
      depth: { degraded: 50, critical: 1000 },
      oldest_age: { critical: 120_000 },
    });
    expect(config.kinds.queue?.limits).toEqual(b?.limits);
  });

  it("of staleness also apply to worlds", () => {
    const config = configOf(
      "thresholds: { stale_after: 9s }\nworlds: [{ world: factory, options: { queues: [{ name: a }] } }]",
    );
    expect(config.entities[0]?.staleAfterMs).toBe(9000);
  });
});
