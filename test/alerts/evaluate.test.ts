import { describe, expect, it } from "vitest";
import { z } from "zod";
import { evaluateRules } from "../../src/alerts/evaluate.ts";
import { ruleKinds } from "../../src/alerts/rules/index.ts";
import type { Rule, RuleKind } from "../../src/alerts/types.ts";
import { aReading, NOW } from "../health/a-reading.ts";

const latency = (warning: number, services?: string[]): Rule => ({
  kind: "HIGH_LATENCY",
  options: ruleKinds.HIGH_LATENCY.schema.parse({ warning }),
  services,
});
const p99 = (service: string, value: number) => aReading({ service }, { requestCount: 10, p99: value });
const breached = (rules: Rule[], ...readings: ReturnType<typeof p99>[]) =>
  evaluateRules(rules, readings, NOW).instances.map(({ service, breach }) => [service, breach !== undefined]);

describe("which rules look at which services", () => {
  it("looks at every service, or at those it names", () => {
    const readings = [p99("a", 300), p99("b", 300)];
    expect(breached([latency(200)], ...readings)).toEqual([
      ["a", true],
      ["b", true],
    ]);
    expect(breached([latency(200, ["b"])], ...readings)).toEqual([["b", true]]);
  });

  it("lets one rule of a kind decide: the one that names the service, else the later", () => {
    const [a, b] = [p99("a", 300), p99("b", 300)];
    const expected = [
      ["a", true],
      ["b", false],
    ];
    expect(breached([latency(200), latency(400, ["b"])], a, b)).toEqual(expected);
    expect(breached([latency(400, ["b"]), latency(200)], a, b)).toEqual(expected);
    expect(breached([latency(200), latency(400)], a)).toEqual([["a", false]]);
  });
});

it("passes on the hold", () => {
  const rule: Rule = { kind: "HIGH_CPU", options: ruleKinds.HIGH_CPU.schema.parse({}), services: undefined };
  expect(evaluateRules([rule], [aReading()], NOW).instances[0]?.hold).toEqual({ ticks: 5, ms: 0 });
});

it("stops no other rule and no other service when one throws, and says so", () => {
  const touchy: RuleKind<unknown> = {
    kind: "TOUCHY",
    description: "Throws for b.",
    schema: z.strictObject({}),
    hold: () => ({ ticks: 1, ms: 0 }),
    evaluate: ({ service }) => {
      if (service === "b") throw new Error("cannot look at b");
      return { severity: "warning", message: `${service}: 1` };
    },
  };
  const rules: Rule[] = [
    { kind: "TOUCHY", options: {}, services: undefined },
    { kind: "NO_SUCH_KIND", options: {}, services: ["a"] },
    latency(200),
  ];
  const { instances, problems } = evaluateRules(rules, [p99("a", 300), p99("b", 300)], NOW, {
    ...ruleKinds,
    TOUCHY: touchy,
  });
  expect(instances.map(({ rule, service, breach, failed }) => [rule, service, !!breach, !!failed])).toEqual([
    ["TOUCHY", "a", true, false],
    ["NO_SUCH_KIND", "a", false, true],
    ["HIGH_LATENCY", "a", true, false],
    ["TOUCHY", "b", false, true],
    ["HIGH_LATENCY", "b", true, false],
  ]);
  expect(problems).toEqual([
    { at: NOW, rule: "NO_SUCH_KIND", service: "a", problem: "there is no rule kind NO_SUCH_KIND" },
    { at: NOW, rule: "TOUCHY", service: "b", problem: "cannot look at b" },
  ]);
});
