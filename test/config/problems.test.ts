import { describe, expect, it } from "vitest";
import { problemsOf } from "./harness.ts";

/** A text with one valid service and the given other keys. */
const withService = (rest: string) => `services: [{ name: a }]\n${rest}`;

describe("problems are reported at their positions", () => {
  it.each([
    ["tick: 50ms", "2:7: tick must be a duration of at least 100ms, such as 250ms, 1.5s or 2m"],
    ["tick: 2m", "2:7: tick must be at most 1m"],
    ["tick: soon", "2:7: tick must be a duration of at least 100ms, such as 250ms, 1.5s or 2m"],
    ["tick: -1s", "2:7: tick must be a duration of at least 100ms, such as 250ms, 1.5s or 2m"],
    ["window: 2h", "2:9: window must be at most 1h"],
    ["window:", "2:1: window is empty; it must be a duration of at least 1000ms, such as 250ms, 1.5s or 2m"],
    ["seed: x", "2:7: seed must be a whole number"],
    ["seed: 1.5", "2:7: seed must be a whole number"],
    ["ticks: 1s", '2:1: ticks is an unknown key; did you mean "tick"?'],
    ["<<: { seed: 1 }", "2:1: << is a merge key, which is not supported; write out the keys"],
    ["rules: LATENCY", "2:8: rules must be a list of rules, such as - kind: KIND"],
    ["rules: [{ }]", "2:9: rules[0].kind is missing; it must be one of LATENCY, NEEDY, LIMIT"],
    ["rules: [LATENCY]", "2:9: rules[0] must be a map with at least a kind"],
    [
      "rules: [{ kind: latencyy }]",
      '2:17: rules[0].kind is an unknown kind: "latencyy"; did you mean "LATENCY"?',
    ],
    ["rules: [{ kind: NEEDY }]", "2:9: rules[0].gauge is missing; it must be text"],
    [
      "rules: [{ kind: LATENCY, services: [] }]",
      "2:36: rules[0].services must name at least one entity; omit it for all entities",
    ],
    [
      "rules: [{ kind: LATENCY, services: [b] }]",
      '2:37: rules[0].services[0] must name an entity of this config, not "b"; did you mean "a"?',
    ],
    [
      "thresholds: { p99_degraded: 2s }",
      "2:29: thresholds.p99_degraded is 2s and must not be above the critical limit, which is 1s",
    ],
    [
      "thresholds: { p99: 2s }",
      "2:15: thresholds.p99 is an unknown key; choose one of availability_down, error_rate_degraded, error_rate_critical, p99_degraded, p99_critical, stale_after",
    ],
  ])("%s", (rest, problem) => {
    expect(problemsOf(withService(rest))).toEqual([problem]);
  });

  it.each([
    ["services:", "1:1: services is empty; it must list at least one service, such as - name: api-gateway"],
    ["services: []", "1:11: services must list at least one service, such as - name: api-gateway"],
    ["tick: 1s", "1:1: services is missing; it must list at least one service, such as - name: api-gateway"],
    ["services: [a]", "1:12: services[0] must be a map with at least a name"],
    ["services: [{ }]", "1:12: services[0].name is missing; it must be text; put it in quotes"],
    ["services: [{ name: 5 }]", "1:20: services[0].name must be text; put it in quotes"],
    ["services: [{ name: '' }]", "1:20: services[0].name must be a name of 1 to 40 characters"],
    ["services: [{ name: ' a' }]", "1:20: services[0].name must not begin or end with a space"],
    [
      "services: [{ name: '*' }]",
      '1:20: services[0].name must not be "*", which is reserved for the whole fleet',
    ],
    [
      'services: [{ name: "a\\e[31m" }]',
      "1:20: services[0].name must not contain line breaks, control characters or invisible characters",
    ],
    [
      "services: [{ name: a, labels: { port: 80 } }]",
      "1:39: services[0].labels.port must be text; put it in quotes",
    ],
    [
      "services: [{ name: a, source: wev, url: x }]",
      '1:31: services[0].source is an unknown kind: "wev"; did you mean "web"?',
    ],
    [
      "services: [{ name: a, model: stedy }]",
      '1:30: services[0].model must be one of "steady", "bursty", not "stedy"; did you mean "steady"?',
    ],
    ["services: [{ name: a, source: web }]", "1:12: services[0].url is missing; it must be text"],
    ["services: [{ name: a, rate: 0 }]", "1:29: services[0].rate must be more than 0"],
    [
      "services: [{ name: a, calls: [{ service: a }] }]",
      "1:42: services[0].calls[0].service must not be the service itself; remove this call",
    ],
  ])("%s", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it("reports all problems at once, in the order of the file", () => {
    const text = `tick: 1
services:
  - name: payment
    calls:
      - service: notificaton
  - name: payment
    intervall: 5s
    rte: 3
  - name: notification
    interval: -5s
seeds: 3
`;
    expect(problemsOf(text)).toEqual([
      "1:7: tick must be a duration of at least 100ms, such as 250ms, 1.5s or 2m",
      '5:18: services[0].calls[0].service must name a service of this config, not "notificaton"; did you mean "notification"?',
      '6:11: services[1].name "payment" is taken by the service in line 3; use another name',
      '7:5: services[1].intervall is an unknown key; did you mean "interval"?',
      '8:5: services[1].rte is an unknown key; did you mean "rate"?',
      "10:15: services[2].interval must be a duration of at least 100ms, such as 250ms, 1.5s or 2m",
      '11:1: seeds is an unknown key; did you mean "seed"?',
    ]);
  });

  it("names every service of a cycle of calls", () => {
    const text = `services:
  - { name: a, calls: [{ service: b }] }
  - { name: b, calls: [{ service: d }, { service: c }] }
  - { name: c, calls: [{ service: a }] }
  - { name: d }
`;
    expect(problemsOf(text)).toEqual([
      "4:35: services[2].calls[0].service closes a cycle: a calls b calls c calls a; remove one of these calls",
    ]);
  });

  it("does not report a diamond of calls as a cycle", () => {
    const text = `services:
  - { name: a, calls: [{ service: b }, { service: c }] }
  - { name: b, calls: [{ service: d }] }
  - { name: c, calls: [{ service: d }] }
  - { name: d }
`;
    expect(problemsOf(text)).toEqual([]);
  });

  it("points at an alias, not into its anchor", () => {
    const text = "services:\n  - { name: a, labels: &l { n: 1 } }\n  - { name: b, labels: *l }\n";
    expect(problemsOf(text)).toEqual([
      "2:32: services[0].labels.n must be text; put it in quotes",
      "3:24: services[1].labels.n must be text; put it in quotes",
    ]);
  });

  it("checks the thresholds of a service together with the top-level ones", () => {
    const text = "services: [{ name: a, thresholds: { error_rate_critical: 0.01 } }]";
    expect(problemsOf(text)).toEqual([
      "1:58: services[0].thresholds.error_rate_critical is 0.01 and must not be below the degraded limit, which is 0.05",
    ]);
  });
});
