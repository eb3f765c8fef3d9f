import { beforeAll, describe, expect, it } from "vitest";
import { ruleTemplates } from "../../src/alerts/templates/index.ts";
import type { Rule } from "../../src/alerts/types.ts";
import { catalog } from "../../src/catalog/index.ts";
import { parseConfig } from "../../src/config/config.ts";
import { loadRegexEngine } from "../../src/core/regex.ts";

beforeAll(loadRegexEngine);

/** A fleet with a service, a queue and its consumers. */
const FLEET = `
services: [{ name: pay, base_latency: 9ms, labels: { team: core } }, { name: auth, base_latency: 9ms }]
worlds: [{ world: task-queue, options: { queues: [{ name: orders }] } }]
rules:
`;
const LINES = FLEET.split("\n").length - 1;

const parse = (...entries: string[]) =>
  parseConfig(FLEET + entries.map((entry) => `  - ${entry}\n`).join(""));

function rulesOf(...entries: string[]): readonly Rule[] {
  const result = parse(...entries);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join("\n"));
  return result.config.rules;
}

/** As "entry:column: message"; warnings are marked. */
function saidOf(...entries: string[]): string[] {
  const result = parse(...entries);
  const said = result.ok ? (result.warnings ?? []) : result.problems;
  const mark = result.ok ? "warning: " : "";
  return said.map(({ line, column, message }) => `${line - LINES}:${column}: ${mark}${message}`);
}

describe("a rule", () => {
  it("has the common options of all kinds, as plain data", () => {
    const [rule] = rulesOf(
      '{ kind: THRESHOLD, name: CPU, measure: cpu, above: 80, recovery: 70, for: 30s, keep_firing_for: 1m, severity: page, labels: { team: core }, summary: "cpu {{ value }}", runbook: "https://wiki/{{ rule }}", annotations: { dashboard: "{{ entity }}" }, enabled: false, match: { kind: service, name: "p*", labels: { team: core } } }',
    );
    expect(rule).toEqual({
      name: "CPU",
      kind: "THRESHOLD",
      options: expect.objectContaining({
        above: 80,
        recovery: 70,
        for: 30_000,
        keep_firing_for: 60_000,
        severity: "page",
      }),
      labels: { team: "core" },
      annotations: {
        summary: "cpu {{ value }}",
        runbook: "https://wiki/{{ rule }}",
        dashboard: "{{ entity }}",
      },
      enabled: false,
      match: { kind: ["service"], name: "p*", labels: 'team="core"' },
    });
    expect(JSON.parse(JSON.stringify(rule))).toEqual(rule);
  });

  it("is named after its kind and measure where it has no name", () => {
    const names = rulesOf(
      "{ kind: THRESHOLD, measure: p99, above: 1s }",
      "{ kind: ABSENCE, missing_for: 1m }",
    );
    expect(names.map(({ name }) => name)).toEqual(["THRESHOLD_P99", "ABSENCE"]);
  });
});

describe.each(Object.entries(ruleTemplates))("the template %s", (kind, template) => {
  it("stands for valid rules, with the conditions and texts of its entry, for entities that have their measures", () => {
    const rules = rulesOf(
      `{ template: ${kind}, for: 7s, labels: { tier: "1" }, summary: "{{ message }}", match: { labels: 'team!=""' } }`,
    );
    expect(rules).toHaveLength(template.rules(template.schema.parse({}) as never).length);
    for (const { name, labels, annotations, match, options, kind: ruleKind } of rules) {
      expect(name).toMatch(/^[A-Z_]+$/);
      expect({ labels, annotations, match }).toEqual({
        labels: { tier: "1" },
        annotations: { summary: "{{ message }}" },
        match: { kind: template.entityKinds, labels: 'team!=""' },
      });
      for (const entityKind of template.entityKinds)
        expect(catalog.rules.get(ruleKind)!.applies(catalog.entities.get(entityKind)!, options)).toBe(true);
    }
    expect(JSON.stringify(rules)).toContain('"for":7000');
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  });

  it("has a valid example, and describes its options", () => {
    const { entities: _, ...example } = template.example;
    expect(saidOf(JSON.stringify(example)).filter((line) => !line.includes("warning"))).toEqual([]);
    for (const option of Object.values(template.schema.shape))
      expect(option).toHaveProperty("description", expect.stringMatching(/\w/));
  });
});

describe("a problem of a rule is one sentence at its place", () => {
  const cpu = "kind: THRESHOLD, measure: cpu, above: 80";

  it.each<[entry: string, said: string]>([
    [
      "{ kind: THRESHOLD, measure: cpuu, above: 80 }",
      '33: rules[0].measure must name a measure, not "cpuu"; did you mean "cpu" of service, host?',
    ],
    [
      "{ kind: ALL, name: X, conditions: [{ measure: cpu, above: 80 }, { any: [{ measure: depht, above: 1 }] }] }",
      '88: rules[0].conditions[1].any[0].measure must name a measure, not "depht"; did you mean "depth" of queue, partition?',
    ],
    ["{ kind: THRESHOLD, measure: cpu }", "5: rules[0] needs above, below or both"],
    [
      "{ kind: THRESHOLD, measure: cpu, above: 10, below: 20 }",
      "45: rules[0].above must not be less than below: every value would be beyond one of them",
    ],
    [
      `{ ${cpu}, recovery: 90 }`,
      "59: rules[0].recovery must not be above the limit: it is the value at which the alert ends",
    ],
    [
      "{ kind: THRESHOLD, measure: cpu, above: 30s }",
      "45: rules[0].above must be a number: cpu is no measure of time (percent)",
    ],
    [
      "{ kind: THRESHOLD, measure: error_rate, above: 5 }",
      "52: rules[0].above must be less than 1: error_rate is never higher",
    ],
    [`{ ${cpu}, window: 5m }`, "57: rules[0].window has no effect: cpu is not computed over a window"],
    [
      `{ ${cpu}, match: { kind: servise } }`,
      '64: rules[0].match.kind must name a kind of entity, not "servise"; did you mean "service"?',
    ],
    [
      `{ ${cpu}, match: { kind: [service, hosst] } }`,
      '74: rules[0].match.kind[1] must name a kind of entity, not "hosst"; did you mean "host"?',
    ],
    [
      `{ ${cpu}, match: { kind: queue } }`,
      "64: rules[0].match.kind leaves no kind of entity for THRESHOLD_CPU: cpu is a measure of service, host",
    ],
    [
      `{ ${cpu}, match: { name: "/pay(/" } }`,
      "64: rules[0].match.name: invalid regular expression: error parsing regexp: missing closing ): `pay(`",
    ],
    [
      `{ ${cpu}, match: { labels: "team=~(" } }`,
      "66: rules[0].match.labels: team: invalid regular expression: error parsing regexp: missing closing ): `(`",
    ],
    [
      `{ ${cpu}, match: { labels: "team" } }`,
      '66: rules[0].match.labels: cannot read "team"; write label="value" or label=~"regex"',
    ],
    [`{ ${cpu}, match: { } }`, "56: rules[0].match needs at least one of kind, name, labels"],
    [
      `{ ${cpu}, summary: "{{ valeu }}" }`,
      '58: rules[0].summary has the unknown variable {{ valeu }}; did you mean "value"?',
    ],
    [
      `{ ${cpu}, annotations: { a: "{{ measures.depth }}" } }`,
      "67: rules[0].annotations.a has {{ measures.depth }}, and no entity that the rule applies to has this measure; choose one of availability, health_check, error_rate, p99, outstanding, waits, request_rate, p99_rise, p50, cpu, memory, p95 and 19 more",
    ],
    [
      `{ ${cpu}, summary: "{{ value" }`,
      '58: rules[0].summary contains "{{ value"; write a variable as {{ name }}',
    ],
    [
      `{ ${cpu}, labels: { entity: x } }`,
      "67: rules[0].labels.entity must not be one of alertname, entity, kind, severity: each alert has its own",
    ],
    [
      "{ kind: ALL, name: X, conditions: [] }",
      "39: rules[0].conditions must list at least one condition, such as - { measure: cpu, above: 80 }",
    ],
    ["{ kind: ALL, name: X }", "5: rules[0].conditions is missing; it must be a list"],
    [
      "{ kind: NOT, conditions: [{ measure: cpu, above: 80 }] }",
      "5: rules[0].name is missing; it must be a name of the alerts, such as OVERLOADED",
    ],
    [
      `{ kind: ALL, name: ${"X".repeat(41)}, conditions: [{ measure: cpu, above: 80 }] }`,
      "24: rules[0].name must have at most 40 characters",
    ],
    [
      "{ kind: ALL, name: X, conditions: [{ above: 80 }] }",
      "40: rules[0].conditions[0] needs a measure with above or below, or one of all, any, not",
    ],
    ["{ kind: CHANGE, measure: cpu }", "5: rules[0] needs either by or percent"],
    [
      "{ kind: ANOMALY, measure: cpu, baseline: 10 }",
      "5: rules[0] needs a baseline of at least min_baseline, 20: it would never be known",
    ],
    [
      "{ template: web-servic }",
      '17: rules[0].template is an unknown kind: "web-servic"; did you mean "web-service"?',
    ],
    ["{ template: queue, deepth: 5 }", '24: rules[0].deepth is an unknown key; did you mean "depth"?'],
  ])("%s", (entry, said) => {
    expect(saidOf(entry)).toEqual([`1:${said}`]);
  });

  it("refuses a change within less than a tick", () => {
    const text = (within: string) =>
      `tick: 10s\nservices: [{ name: a, base_latency: 9ms }]\nrules: [{ kind: CHANGE, measure: cpu, by: 5, within: ${within} }]`;
    const said = (within: string) => {
      const result = parseConfig(text(within));
      return result.ok
        ? []
        : result.problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
    };
    expect([said("10s"), said("9s")]).toEqual([[], ["3:54: rules[0].within must be at least the tick, 10s"]]);
  });

  it("refuses conditions that are nested too deep", () => {
    const nested = (depth: number): string =>
      depth === 0 ? "{ measure: cpu, above: 80 }" : `{ all: [${nested(depth - 1)}] }`;
    const rule = (depth: number) => `{ kind: ALL, name: X, conditions: [${nested(depth)}] }`;
    expect(saidOf(rule(3))).toEqual([]);
    expect(saidOf(rule(4)).join()).toContain("is nested too deep; at most 4 levels");
    expect(saidOf(rule(200)).join()).not.toBe("");
  });

  it("reports the same rule twice, but not one with other conditions", () => {
    expect(saidOf(`{ ${cpu} }`, `{ ${cpu} }`)).toEqual([
      `2:5: rules[1] is the same rule as in line ${LINES + 1}; remove one of them`,
    ]);
    expect(saidOf(`{ ${cpu} }`, `{ ${cpu}, entities: [pay] }`)).toEqual([]);
  });
});

describe("a rule that is valid and rarely meant is a warning", () => {
  const cpu = "kind: THRESHOLD, measure: cpu, above: 80";

  it.each<[entry: string, said: string]>([
    [`{ ${cpu}, match: { name: "web*" } }`, "5: warning: rules[0] applies to no entity of this config"],
    [
      `{ ${cpu}, match: { labels: { team: edge } } }`,
      "5: warning: rules[0] applies to no entity of this config",
    ],
    [
      `{ ${cpu}, summary: "{{ labels.owner }}" }`,
      "58: warning: rules[0].summary has {{ labels.owner }}, and no entity that the rule applies to has this label",
    ],
  ])("%s", (entry, said) => {
    expect(saidOf(entry)).toEqual([`1:${said}`]);
  });

  it("says when a later rule hides one", () => {
    const hidden = `rules[0] never applies: the rule in line ${LINES + 2} has the same name, THRESHOLD_CPU, and replaces it`;
    expect(saidOf(`{ ${cpu} }`, "{ kind: THRESHOLD, measure: cpu, above: 90 }")).toEqual([
      `1:5: warning: ${hidden}`,
    ]);
    expect(saidOf(`{ ${cpu}, name: A }`, "{ kind: THRESHOLD, name: A, measure: depth, above: 9 }")).toEqual(
      [],
    );
  });

  it("finds labels that an entity or the rule has", () => {
    expect(
      saidOf(`{ ${cpu}, labels: { owner: x }, summary: "{{ labels.owner }} {{ labels.team }}" }`),
    ).toEqual([]);
  });
});
