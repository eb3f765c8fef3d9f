import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { exportRules } from "../../../src/alerts/promql/export.ts";
import type { RuledFleet } from "../../../src/alerts/ruled-fleet.ts";
import type { Rule } from "../../../src/alerts/types.ts";
import { catalog } from "../../../src/catalog/index.ts";
import { exportText } from "../../../src/cli/rules/export.ts";
import { parseConfig } from "../../../src/config/config.ts";
import { loadRegexEngine } from "../../../src/core/regex.ts";
import { service } from "../../../src/kinds/service.ts";
import { checkRules, promtoolVersion, testRules } from "../oracle/promtool.ts";

const folder = new URL("../../../config/", import.meta.url);
const configs = readdirSync(folder).filter((file) => file.endsWith(".yaml"));

/** The export of some rules for services. */
function exported(rules: readonly Rule[], given: Partial<RuledFleet> = {}) {
  return exportRules({
    rules,
    ruleKinds: catalog.rules,
    entityKinds: catalog.entities,
    entities: [{ name: "shop", kind: "service", labels: {}, limits: {}, windowMs: 60_000 }],
    kinds: {},
    tickMs: 1_000,
    ...given,
  });
}

function aRule(options: object, rest: Partial<Rule> = {}): Rule {
  const { kind = "THRESHOLD" } = rest;
  return { name: "SLOW", options: catalog.rules.get(kind)!.schema.parse(options), ...rest, kind };
}

const exprsOf = (result: ReturnType<typeof exported>) =>
  result.file.groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));

await loadRegexEngine();

describe.skipIf(promtoolVersion === undefined)("an exported rule file", () => {
  it.each(configs)("of config/%s is accepted by promtool", async (file) => {
    const result = parseConfig(readFileSync(new URL(file, folder), "utf8"));
    if (!result.ok) throw new Error(result.problems[0]!.message);
    const text = exportText(result.config, file);
    expect(await checkRules(text)).toEqual({ passed: true, output: "" });
    const written: readonly { readonly alert: string }[] = parse(text).groups[0].rules;
    const kinds = new Set(result.config.entities.map(({ kind }) => catalog.entities.get(kind)!));
    const applied = result.config.rules.filter(
      ({ kind, options, enabled }) =>
        enabled !== false && [...kinds].some((each) => catalog.rules.get(kind)!.applies(each, options)),
    );
    expect(new Set(written.map(({ alert }) => alert))).toEqual(new Set(applied.map(({ name }) => name)));
  });

  it("of the example of every rule kind is accepted by promtool", async () => {
    const rules = [...catalog.rules.values()].map(({ kind, schema, example }): Rule => {
      const own = Object.entries(example).filter(([key]) => key in schema.shape);
      return aRule(Object.fromEntries(own), { kind, name: `OF_${kind}` });
    });
    const entities = [...catalog.entities.values()].map(({ kind }) => ({
      name: `a "${kind}" (1|2)`,
      kind,
      labels: {},
      limits: {},
      windowMs: 60_000,
    }));
    const { file, differences } = exported(rules, { entities });
    expect(await checkRules(stringify(file))).toEqual({ passed: true, output: "" });
    const written = new Set(file.groups.flatMap((group) => group.rules.map(({ alert }) => alert)));
    for (const { name } of rules) {
      const leftOut = [...(differences.get(name) ?? [])].some((sentence) =>
        sentence.startsWith("left out: "),
      );
      expect({ name, explained: written.has(name) !== leftOut }).toEqual({ name, explained: true });
    }
  });

  it("has annotations that Prometheus renders to what ours say", async () => {
    const annotations = {
      summary: "{{ entity }} of {{ labels.team }} ({{ kind }}): {{ value }}",
      description: "{{ rule }} is {{ severity }}, cpu {{ measures.cpu }}",
    };
    const rule = aRule(
      { measure: "p99", above: 300, severity: "critical" },
      { annotations, labels: { tier: "1" } },
    );
    const labels = { entity: "shop", kind: "service", team: "payments" };
    const series = Object.entries(labels)
      .map(([name, value]) => `${name}="${value}"`)
      .join(",");
    const test = {
      rule_files: ["rules.yml"],
      evaluation_interval: "1s",
      tests: [
        {
          interval: "1s",
          input_series: [
            { series: `faultline_p99_seconds{${series}}`, values: "0.45x5" },
            { series: `faultline_cpu_ratio{${series}}`, values: "0.125x5" },
          ],
          alert_rule_test: [
            {
              eval_time: "3s",
              alertname: "SLOW",
              exp_alerts: [
                {
                  exp_labels: { ...labels, tier: "1", severity: "critical" },
                  exp_annotations: {
                    summary: "shop of payments (service): 450ms",
                    description: "SLOW is critical, cpu 12.5%",
                  },
                },
              ],
            },
          ],
        },
      ],
    };
    const files = { "rules.yml": stringify(exported([rule]).file), "test.yml": stringify(test) };
    expect(await testRules(files, ["test.yml"])).toEqual({ passed: true, output: "" });
  });
});

describe("the rules of an export", () => {
  const limits = Object.fromEntries(
    service.measures.flatMap((measure) => (measure.limits ? [[measure.id, measure.limits]] : [])),
  );

  it("are written once for all entities with the same limits, and join those with others", () => {
    const entities = ["a", "b", "c"].map((name) => ({
      name,
      kind: "service",
      labels: {},
      windowMs: 60_000,
      limits: name === "b" ? { ...limits, p99: { degraded: 200 } } : limits,
    }));
    const rule = aRule({ measure: "p99" }, { kind: "LIMIT" });
    const input = { entities, kinds: { service: { limits } } };
    const [warning] = exprsOf(exported([rule], input));
    expect(warning).toContain('faultline_p99_seconds{kind="service",entity!="b"} > 0.5');
    expect(warning).toContain('faultline_p99_seconds{kind="service",entity="b"} > 0.2');
    // The limits of other measures make no difference.
    const cpu = aRule({ measure: "cpu" }, { kind: "LIMIT" });
    expect(exprsOf(exported([cpu], input))[0]).not.toContain("entity=");
  });

  it("spare the entities for which another rule of that name is an exception", () => {
    const entities = ["a.1", "b"].map((name) => ({
      name,
      kind: "service",
      labels: {},
      limits: {},
      windowMs: 60_000,
    }));
    const rules = [
      aRule({ measure: "cpu", above: 80 }),
      aRule({ measure: "cpu", above: 50, for: "5s" }, { match: { name: "a.?" } }),
    ];
    expect(exprsOf(exported(rules, { entities }))).toEqual([
      'faultline_cpu_ratio{kind="service",entity!="a.1"} > 0.8',
      'faultline_cpu_ratio{kind="service",entity=~"a\\\\.."} > 0.5',
    ]);
  });

  it("say why a rule is left out", () => {
    const rules = [
      aRule({ measure: "cpu", above: 80 }, { name: "OFF", enabled: false }),
      aRule({ measure: "cpu", above: 80 }, { name: "NOWHERE", match: { name: "none" } }),
      aRule({ measure: "cpu", above: 80 }, { name: "EVERYWHERE" }),
    ];
    const { file, differences } = exported(rules);
    expect(file.groups[0]!.rules.map(({ alert }) => alert)).toEqual(["EVERYWHERE"]);
    expect(Object.fromEntries(differences)).toEqual({
      OFF: new Set(["left out: the rule is disabled"]),
      NOWHERE: new Set(["left out: it applies to no entity of the config"]),
    });
  });
});
