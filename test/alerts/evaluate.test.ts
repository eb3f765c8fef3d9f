import { describe, expect, it } from "vitest";
import { z } from "zod";
import { RuleSet } from "../../src/alerts/evaluate.ts";
import { ruleKinds } from "../../src/alerts/rules/index.ts";
import type { Rule, RuleKind } from "../../src/alerts/types.ts";
import { host } from "../../src/kinds/host.ts";
import { aReading, NOW } from "../health/readings.ts";

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
