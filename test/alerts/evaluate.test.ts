import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { RuleSet } from "../../src/alerts/evaluate.ts";
import { ruleKinds } from "../../src/alerts/rules/index.ts";
import type { Rule, RuleKind } from "../../src/alerts/types.ts";
import { loadRegexEngine } from "../../src/core/regex.ts";
import { host } from "../../src/kinds/host.ts";
import { service } from "../../src/kinds/service.ts";
import { aReading, NOW } from "../health/readings.ts";

beforeAll(loadRegexEngine);

const kinds = new Map<string, RuleKind<unknown>>(Object.entries<RuleKind<unknown>>(ruleKinds));
const latency = (warning: number, entities?: string[]): Rule => ({
  name: "HIGH_LATENCY",
  kind: "HIGH_LATENCY",
  options: ruleKinds.HIGH_LATENCY.schema.parse({ warning }),
  entities,
});
const p99 = (entity: string, value: number) => aReading({ entity }, { requests: 10, p99: value });
/** The entities with a breach. */
const breached = (rules: Rule[], ...readings: ReturnType<typeof p99>[]) =>
  new RuleSet(rules, kinds).evaluate(readings, NOW).instances.map(({ entity }) => entity);

describe("which rules apply to which entities", () => {
  it("applies to every entity, or to those it names", () => {
    const readings = [p99("a", 300), p99("b", 300)];
    expect(breached([latency(200)], ...readings)).toEqual(["a", "b"]);
    expect(breached([latency(200, ["b"])], ...readings)).toEqual(["b"]);
  });

  it("applies one rule per name: the one that names the entity, else the later", () => {
    const [a, b] = [p99("a", 300), p99("b", 300)];
    expect(breached([latency(200), latency(400, ["b"])], a, b)).toEqual(["a"]);
    expect(breached([latency(400, ["b"]), latency(200)], a, b)).toEqual(["a"]);
    expect(breached([latency(200), latency(400)], a)).toEqual([]);
  });
});

describe("which rule of a name applies", () => {
  const severityFor = (rules: Partial<Rule>[], entity: string, labels = {}) => {
    const all = rules.map(({ options, ...rule }): Rule => {
      const parsed = ruleKinds.THRESHOLD.schema.parse({ measure: "cpu", above: 50, ...(options as object) });
      return { name: "CPU", kind: "THRESHOLD", options: parsed, ...rule };
    });
    const reading = aReading({ entity, labels }, { cpu: 90 });
    return new RuleSet(all, kinds).evaluate([reading], NOW).instances.map(({ breach }) => breach?.severity);
  };
  const page = { options: { severity: "page" } };

  it.each<[string, Rule["match"], string[]]>([
    ["a pattern", { name: "pay*" }, ["payment"]],
    ["a pattern of one character", { name: "?uth" }, ["auth"]],
    ["a regular expression", { name: "/(pay|a).*t.*/" }, ["payment", "auth"]],
    ["labels", { labels: 'team="core"' }, ["auth"]],
    ["a missing label", { labels: 'team!="core", kind="service"' }, ["payment"]],
    ["a kind", { kind: ["host", "service"] }, ["payment", "auth"]],
    ["another kind", { kind: ["host"] }, []],
    ["all conditions at once", { kind: ["service"], name: "*", labels: "team=core" }, ["auth"]],
  ])("matches by %s", (_what, match, expected) => {
    const matched = ["payment", "auth"].filter(
      (entity) =>
        severityFor([{ match: match! }], entity, entity === "auth" ? { team: "core" } : {}).length > 0,
    );
    expect(matched).toEqual(expected);
  });

  it("is the most specific one: entities, then name, labels, kind; in any order", () => {
    const conditions: Partial<Rule>[] = [
      {},
      { match: { kind: ["service"] } },
      { match: { labels: "team=core" } },
      { match: { labels: "team=core", kind: ["service"] } },
      { match: { name: "a*" } },
      { match: { name: "a*", labels: "team=core", kind: ["service"] } },
      { entities: ["auth"] },
    ];
    for (let best = 1; best < conditions.length; best++) {
      const weaker = conditions.slice(0, best);
      const strong = { ...conditions[best], ...page };
      expect(severityFor([strong, ...weaker], "auth", { team: "core" })).toEqual(["page"]);
      expect(severityFor([...weaker, strong], "auth", { team: "core" })).toEqual(["page"]);
    }
  });

  it("leaves out disabled rules", () => {
    const exception: Partial<Rule> = { entities: ["auth"], ...page, enabled: false };
    expect(severityFor([{}, exception], "auth")).toEqual(["warning"]);
    expect(severityFor([{ enabled: false }], "auth")).toEqual([]);
  });

  it("is decided again when the labels of an entity change", () => {
    const options = ruleKinds.THRESHOLD.schema.parse({ measure: "cpu", above: 50 });
    const set = new RuleSet(
      [{ name: "CPU", kind: "THRESHOLD", options, match: { labels: "team=core" } }],
      kinds,
    );
    const found = (labels: Record<string, string>) =>
      set.evaluate([aReading({ labels }, { cpu: 90 })], NOW).instances.length;
    expect([found({}), found({ team: "core" }), found({ team: "edge" })]).toEqual([0, 1, 0]);
  });
});

describe("a rule that an operator disables", () => {
  const options = ruleKinds.THRESHOLD.schema.parse({ measure: "cpu", above: 80, recovery: 50 });
  const rule: Rule = { name: "CPU", kind: "THRESHOLD", options };
  const found = (set: RuleSet, cpu: number) => set.evaluate([aReading({}, { cpu })], NOW).instances.length;

  it("stays disabled over a new config, says why, and forgets its entities", () => {
    const set = new RuleSet([rule], kinds);
    expect([found(set, 90), found(set, 60)]).toEqual([1, 1]);
    set.enable("CPU", false);
    expect(found(set, 90)).toBe(0);
    const next = new RuleSet([rule], kinds, set);
    expect(found(next, 90)).toBe(0);
    expect(next.watches("CPU", "payment-service", service)).toBe("rule disabled");
    next.enable("CPU", true);
    expect([found(next, 60), found(next, 90)]).toEqual([0, 1]);
    expect(next.watches("CPU", "payment-service", service)).toBe(true);
  });

  it("keeps what an unchanged rule remembers over a new config, and nothing of a changed one", () => {
    const set = new RuleSet([rule], kinds);
    found(set, 90);
    expect(found(new RuleSet([{ ...rule, labels: { team: "core" } }], kinds, set), 60)).toBe(1);
    const changed = {
      ...rule,
      options: ruleKinds.THRESHOLD.schema.parse({ measure: "cpu", above: 85, recovery: 50 }),
    };
    expect(found(new RuleSet([changed], kinds, set), 60)).toBe(0);
  });
});

describe("an entity of which nothing is known", () => {
  it("is judged by no rule but those about its absence, and has a reason", () => {
    const set = new RuleSet(
      [
        latency(200),
        { name: "DOWN", kind: "SERVICE_DOWN", options: ruleKinds.SERVICE_DOWN.schema.parse({}) },
      ],
      kinds,
    );
    const silent = aReading(
      { unknown: "no data for 9s", lastSeenAt: NOW - 9_000, lifeSigns: [] },
      { requests: 10, p99: 900 },
    );
    const { instances } = set.evaluate([silent], NOW);
    expect(instances.map(({ rule, breach }) => [rule, breach?.severity])).toEqual([["DOWN", "page"]]);
    expect(set.whyFrozen("HIGH_LATENCY", silent.entity)).toBe("no data for 9s");
    expect(set.whyFrozen("DOWN", silent.entity)).toBeUndefined();
    set.evaluate([p99(silent.entity, 900)], NOW);
    expect(set.whyFrozen("HIGH_LATENCY", silent.entity)).toBeUndefined();
  });
});

describe("annotations", () => {
  const found = (annotations: Record<string, string>) => {
    const options = ruleKinds.THRESHOLD.schema.parse({ measure: "cpu", above: 80, severity: "page" });
    const rule: Rule = { name: "CPU", kind: "THRESHOLD", options, annotations, labels: { tier: "1" } };
    const reading = aReading({ labels: { team: "core" } }, { cpu: 91.25, requests: 10, p99: 1200 });
    return new RuleSet([rule], kinds).evaluate([reading], NOW).instances[0]!;
  };

  it("are rendered with the values of the evaluation, a summary as the message", () => {
    const summary =
      "{{rule}} {{ severity }} on {{ entity }} ({{kind}}): {{ value }} over {{limit}} {{ measure }}";
    const description =
      "{{ labels.team }}/{{labels.tier}}/{{labels.none}}, p99 {{ measures.p99 }} {{ measures.memory }}; {{ message }}";
    const { breach, annotations } = found({ summary, description });
    expect(breach?.message).toBe("CPU page on payment-service (service): 91.3% over 80% cpu");
    expect(annotations?.()).toEqual({
      summary: breach?.message,
      description: "core/1/, p99 1,200ms unknown; payment-service: cpu=91.3% over 80%",
    });
    expect(found({ runbook: "https://wiki/{cpu}" }).breach?.message).toBe(
      "payment-service: cpu=91.3% over 80%",
    );
  });
});

it("passes on the hold", () => {
  const options = ruleKinds.HIGH_CPU.schema.parse({});
  const rule: Rule = { name: "HIGH_CPU", kind: "HIGH_CPU", options, entities: undefined };
  const { instances } = new RuleSet([rule], kinds).evaluate([aReading({}, { cpu: 99 })], NOW);
  expect(instances[0]?.hold).toMatchObject({ ticks: 5, ms: 0 });
});

it("reports a rule that throws, without affecting other rules and entities", () => {
  const touchy: RuleKind<unknown> = {
    kind: "TOUCHY",
    description: "Throws for b.",
    schema: z.strictObject({}),
    example: { kind: "TOUCHY" },
    applies: () => true,
    measures: () => [],
    severities: () => ["warning"],
    condition: () => "b cannot be read",
    hold: () => ({ ticks: 1, ms: 0 }),
    evaluate: ({ entity }) => {
      if (entity === "b") throw new Error("cannot read b");
      return { severity: "warning", message: `${entity}: 1` };
    },
  };
  const rules: Rule[] = [
    { name: "TOUCHY", kind: "TOUCHY", options: {}, entities: undefined },
    { name: "NO_SUCH_KIND", kind: "NO_SUCH_KIND", options: {}, entities: ["a"] },
    latency(200),
  ];
  const { instances, problems } = new RuleSet(rules, new Map([...kinds, ["TOUCHY", touchy]])).evaluate(
    [p99("a", 300), p99("b", 300)],
    NOW,
  );
  expect(instances.map(({ rule, entity, breach, failed }) => [rule, entity, !!breach, !!failed])).toEqual([
    ["TOUCHY", "a", true, false],
    ["NO_SUCH_KIND", "a", false, true],
    ["HIGH_LATENCY", "a", true, false],
    ["TOUCHY", "b", false, true],
    ["HIGH_LATENCY", "b", true, false],
  ]);
  expect(problems).toEqual([
    { at: NOW, rule: "NO_SUCH_KIND", entity: "a", problem: "unknown rule kind NO_SUCH_KIND" },
    { at: NOW, rule: "TOUCHY", entity: "b", problem: "cannot read b" },
  ]);
});

it("skips entities of kinds that a rule does not apply to", () => {
  const hostReading = aReading({ entity: "machine", kind: host }, { cpu: 10 });
  expect(breached([latency(1)], hostReading)).toEqual([]);
});
