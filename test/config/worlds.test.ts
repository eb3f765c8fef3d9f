import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LEVELS } from "../../src/core/measure.ts";
import { configOf, parseConfig, problemsOf } from "./harness.ts";

const WORLD = "worlds: [{ world: factory, options: { queues: [{ name: q }] } }]";

describe("problems of a world are reported at their positions", () => {
  it.each([
    ["worlds: factory", "1:9: worlds must be a list of worlds, such as - world: KIND"],
    [
      "worlds: []",
      "1:1: services is missing; it must list at least one service, such as - name: api-gateway",
    ],
    ["worlds: [{ world: factory }]", "1:9: worlds declare no entities; the config needs at least one"],
    ["worlds: [factory]", "1:10: worlds[0] must be a map with at least the key world"],
    ["worlds: [{ name: a }]", "1:10: worlds[0].world is missing; it must be one of factory"],
    [
      "worlds: [{ world: factry }]",
      '1:19: worlds[0].world is an unknown kind: "factry"; did you mean "factory"?',
    ],
    [
      "worlds: [{ world: factory, option: {}, options: { queues: [{ name: q }] } }]",
      '1:28: worlds[0].option is an unknown key; did you mean "options"?',
    ],
    [
      "worlds: [{ world: factory, options: { queus: [] } }]",
      '1:39: worlds[0].options.queus is an unknown key; did you mean "queues"?',
    ],
    [
      "worlds: [{ world: factory, options: { queues: [{ }] } }]",
      "1:48: worlds[0].options.queues[0].name is missing; it must be text",
    ],
    [
      "worlds: [{ world: factory, options: { workers: [{ name: w, takes_from: w }] } }]",
      "1:72: worlds[0].options.workers[0].takes_from: must not be the worker itself",
    ],
    [
      "worlds: [{ world: factory, options: { queues: [{ name: q1 }], workers: [{ name: w, takes_from: q2 }] } }]",
      '1:96: worlds[0].options.workers[0].takes_from must name an entity of this config, not "q2"; did you mean "q1"?',
    ],
    [
      'worlds: [{ world: factory, options: { queues: [{ name: "*" }] } }]',
      '1:56: worlds[0].options.queues[0].name declares the queue "*": its name must not be "*", which is reserved for the whole fleet',
    ],
    [
      "worlds: [{ world: factory, name: web, options: { queues: [{ name: q }] } }]",
      '1:34: worlds[0].name "web" is a kind of source; use another name',
    ],
    [
      `${WORLD}\nrules: [{ kind: LIMIT, measure: dept }]`,
      '2:33: rules[0].measure must name a measure, not "dept"; did you mean "depth" of queue?',
    ],
    [
      `${WORLD}\nrules: [{ kind: LATENCY, entities: [r] }]`,
      '2:37: rules[0].entities[0] must name an entity of this config, not "r"; did you mean "q"?',
    ],
  ])("%s", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it("rejects duplicate names of worlds and entities", () => {
    const text = `services:
  - name: orders
worlds:
  - world: factory
    options: { queues: [{ name: stock }] }
  - world: factory
    options:
      queues:
        - name: orders
        - name: stock
`;
    expect(problemsOf(text)).toEqual([
      '6:5: worlds[1].name "factory" is taken by the world in line 4; use another name',
      '9:17: worlds[1].options.queues[0].name "orders" is taken by the service in line 2; use another name',
      '10:17: worlds[1].options.queues[1].name "stock" is taken by the queue in line 5; use another name',
    ]);
  });

  it("allows calls only among services, and other links to any entity", () => {
    const text = `${WORLD}
services:
  - { name: a, calls: [{ service: q }], publishes: [{ to: q }, { to: qq }] }
`;
    expect(problemsOf(text)).toEqual([
      '3:35: services[0].calls[0].service must name a service of this config, not "q"; did you mean "a"?',
      '3:70: services[0].publishes[1].to must name an entity of this config, not "qq"; did you mean "q"?',
    ]);
  });

  it("finds a link in any option", () => {
    const text = `${WORLD}
services: [{ name: a, source: web, extra: x, url: "http://localhost", feeds: qq }]
`;
    expect(problemsOf(text)).toEqual([
      "2:36: services[0].extra is an unknown key; choose one of url, interval, feeds, name, labels, window, thresholds, limits, source",
      '2:78: services[0].feeds must name an entity of this config, not "qq"; did you mean "q"?',
    ]);
  });

  it("does not report unknown names that an invalid world may declare", () => {
    const text = `services: [{ name: a, publishes: [{ to: orders }] }]
worlds: [{ world: factory, options: { queues: orders } }]
`;
    expect(problemsOf(text)).toEqual(["2:47: worlds[0].options.queues must be a list"]);
  });
});

describe("problems of limits are reported at their positions", () => {
  it.each([
    ["limits: { queu: {} }", '2:11: limits.queu is an unknown key; did you mean "queue"?'],
    ["limits: { queue: { dept: {} } }", '2:20: limits.queue.dept is an unknown key; did you mean "depth"?'],
    [
      "limits: { queue: { depth: { critcal: 5 } } }",
      '2:29: limits.queue.depth.critcal is an unknown key; did you mean "critical"?',
    ],
    [
      "limits: { service: { request_rate: { critical: 5 } } }",
      "2:22: limits.service.request_rate is an unknown key; choose one of availability, error_rate, p99",
    ],
    ["limits: { queue: { depth: { critical: 5s } } }", "2:39: limits.queue.depth.critical must be a number"],
    [
      "limits: { queue: { oldest_age: { critical: soon } } }",
      "2:44: limits.queue.oldest_age.critical must be a duration of at least 0ms, such as 250ms, 1.5s or 2m",
    ],
    [
      "limits: { service: { error_rate: { critical: 5 } } }",
      "2:46: limits.service.error_rate.critical must be a number from 0 to 1",
    ],
    [
      "limits: { queue: { depth: { degraded: 2000 } } }",
      "2:39: limits.queue.depth.degraded is 2000 and must not be above the critical limit, which is 1000",
    ],
    [
      "limits: { queue: { depth: { down: 500 } } }",
      "2:35: limits.queue.depth.down is 500 and must not be below the critical limit, which is 1000",
    ],
    [
      "limits: { queue: { fairness: { critical: 0.9 } } }",
      "2:42: limits.queue.fairness.critical is 0.9 and must not be above the degraded limit, which is 0.5",
    ],
    [
      "limits: { queue: { fairness: { degraded: 0.1 } } }",
      "2:42: limits.queue.fairness.degraded is 0.1 and must not be below the critical limit, which is 0.2",
    ],
    [
      "thresholds: { p99_critical: 2s }\nlimits: { service: { p99: { critical: 2s } } }",
      "2:29: thresholds.p99_critical is also set by limits.service.p99.critical; remove one",
    ],
    [
      "services: [{ name: a, limits: { depth: {} } }]",
      "2:33: services[0].limits.depth is an unknown key; choose one of availability, error_rate, p99",
    ],
    [
      "services: [{ name: a, limits: { p99: { degraded: 3s } } }]",
      "2:50: services[0].limits.p99.degraded is 3s and must not be above the critical limit, which is 1s",
    ],
  ])("%s", (rest, problem) => {
    expect(problemsOf(`${WORLD}\n${rest}`)).toEqual([problem]);
  });

  it("checks the entry of a world together with the top level", () => {
    const text = `limits: { queue: { depth: { degraded: 500 } } }
worlds: [{ world: factory, options: { queues: [{ name: q }] }, limits: { queue: { depth: { critical: 400 } } } }]
`;
    expect(problemsOf(text)).toEqual([
      "2:102: worlds[0].limits.queue.depth.critical is 400 and must not be below the degraded limit, which is 500",
    ]);
  });

  it("accepts limits if and only if their levels are in order", () => {
    const levels = fc.record(
      Object.fromEntries(LEVELS.map((level) => [level, fc.integer({ min: 0, max: 100 })])),
      { requiredKeys: [] },
    );
    // `busy` has no default limits, so only the order of the written ones matters.
    fc.assert(
      fc.property(levels, (limits) => {
        const text = `${WORLD}\nlimits: { worker: { busy: ${JSON.stringify(limits)} } }`;
        const values = LEVELS.flatMap((level) => limits[level] ?? []);
        const inOrder = values.every((value, index) => index === 0 || value >= values[index - 1]!);
        expect(parseConfig(text).ok).toBe(inOrder);
        if (!inOrder) return;
        expect(configOf(text).kinds.worker?.limits).toEqual(values.length === 0 ? {} : { busy: limits });
      }),
    );
  });
});
