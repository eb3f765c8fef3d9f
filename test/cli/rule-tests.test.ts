import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultline } from "./fake.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "faultline-rule-tests-"));
});
afterAll(() => rm(folder, { recursive: true }));

const RULES = `rules:
  - { kind: THRESHOLD, name: BUSY, measure: cpu, above: 80, for: 2s, labels: { tier: "1" } }
  - { kind: THRESHOLD, name: SLOW, measure: p99, above: 300, severity: critical, summary: "{{ entity }} is slow" }
`;

async function run(text: string, ...flags: string[]) {
  const file = join(folder, "tests.yaml");
  await writeFile(file, text);
  const result = await faultline(["rules", "test", file, ...flags]);
  return { ...result, file };
}

const test = (
  expectations: string,
  series = '- { series: \'cpu{entity="shop"}\', values: "50 95x4 50" }',
) => `tests:
  - name: load
    interval: 1s
    input_series:
      ${series}
    alert_rule_test:
${expectations.replaceAll(/^/gm, "      ")}
`;

const AS_EXPECTED = `- { eval_time: 0s }
- { eval_time: 1s, exp_alerts: [{ alertname: BUSY, state: pending }] }
- { eval_time: 3s, alertname: BUSY, exp_alerts: [{ entity: shop, severity: warning, exp_labels: { tier: "1" } }] }
- { eval_time: 6s, exp_alerts: [] }`;

describe("rules test FILE", () => {
  it("passes when all alerts are as expected", async () => {
    const { exitCode, stdout, stderr, file } = await run(RULES + test(AS_EXPECTED));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toBe(`${file}: 1 test, 4 expectations, all as expected\n`);
  });

  it("shows what is there beside what was expected, with its place in the file", async () => {
    const text =
      RULES +
      test(
        "- { eval_time: 1s, exp_alerts: [{ entity: shop, severity: page }] }\n- { eval_time: 3s, alertname: BUSY }",
      );
    const { exitCode, stdout, file } = await run(text);
    expect(exitCode).toBe(1);
    expect(stdout.split("\n")).toEqual([
      `${file}:10:9: load, at 1s`,
      "    expected  firing page any rule on shop",
      "    actual    pending warning BUSY on shop (shop: cpu=95.0% over 80%, fires at 3s)",
      `${file}:11:9: load, at 3s, BUSY`,
      "    expected  no alert",
      "    actual    firing warning BUSY on shop (shop: cpu=95.0% over 80%)",
      `${file}: 1 test, 2 expectations, 2 failed`,
      "",
    ]);
  });

  it("compares labels and annotations that are named", async () => {
    const series = `- { series: 'p99{entity="shop",team="web"}', values: 500 }`;
    const expected = (labels: string) =>
      RULES +
      test(
        `- { eval_time: 0s, exp_alerts: [{ exp_labels: ${labels}, exp_annotations: { summary: shop is slow } }] }`,
        series,
      );
    expect((await run(expected("{ team: web, kind: service }"))).exitCode).toBe(0);
    const { exitCode, stdout } = await run(expected("{ team: data }"));
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      'expected  firing any rule on any entity {team="data"} {summary="shop is slow"}',
    );
    expect(stdout).toContain('actual    firing critical SLOW on shop {team="web"} {summary="shop is slow"}');
  });

  it("uses the rules, entities and limits of a config", async () => {
    await writeFile(
      join(folder, "fleet.yaml"),
      `tick: 1s\nservices:\n  - { name: shop, base_latency: 10ms, limits: { cpu: { degraded: 10, critical: 20 } }, labels: { team: web } }\n`,
    );
    const text = `config: fleet.yaml
tests:
  - input_series: [{ series: 'cpu{entity="shop"}', values: 15x9 }]
    alert_rule_test:
      - { eval_time: 1m, exp_alerts: [] }
      - { eval_time: 3s, exp_alerts: [{ alertname: HIGH_CPU, state: pending }] }
      - { eval_time: 4s, exp_alerts: [{ alertname: HIGH_CPU, severity: warning, exp_labels: { team: web } }] }
`;
    const { stdout, exitCode } = await run(text);
    // Without a sample for 5 s nothing is known: the alert stays, and the service is reported missing.
    expect(exitCode).toBe(1);
    expect(stdout.match(/:\d+:\d+: test 1, at [^\n]*/g)).toEqual([":5:9: test 1, at 1m"]);
    expect(stdout).toContain("firing page SERVICE_DOWN on shop");
    const own = text.replace("config: fleet.yaml", "# the config of the flag");
    expect((await run(own, "--config", join(folder, "fleet.yaml"))).stdout).toBe(stdout);
  });

  it("gives everything as JSON", async () => {
    const { stdout, exitCode } = await run(RULES + test("- { eval_time: 3s, alertname: BUSY }"), "--json");
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      passed: false,
      tests: [
        {
          name: "load",
          passed: false,
          expectations: [
            {
              line: 10,
              eval_time_ms: 3000,
              alertname: "BUSY",
              passed: false,
              expected: [],
              actual: [{ alertname: "BUSY", entity: "shop", state: "firing", severity: "warning" }],
            },
          ],
        },
      ],
    });
  });

  it("passes the example of the documentation, and fails when its numbers are others", async () => {
    const docs = await readFile(new URL("../../docs/RULES.md", import.meta.url), "utf8");
    const [example] = [...docs.matchAll(/```yaml\n(.*?)```/gs)]
      .map(([, text]) => text!)
      .filter((text) => text.includes("tests:"));
    const { exitCode, stdout, file } = await run(example!);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: `${file}: 2 tests, 5 expectations, all as expected\n`,
    });
    expect((await run(example!.replace("recovery: 70", "recovery: 76"))).exitCode).toBe(1);
  });

  it("says where what is wrong, and ends with 2", async () => {
    const text = `${RULES}tests:
  - interval: 1s
    input_series:
      - { series: 'cpu{entity="shop"}', values: "1 2 x" }
      - { series: 'cpu{entity="shop"}', values: 1 }
      - { series: 'cpuu{entity="a"}', values: 1 }
      - { series: 'cpu', values: 1 }
      - { series: 'cpu{entity=~"b.*"}', values: 1 }
      - { series: 'cpu{entity="c",kind="servise"}', values: 1 }
      - { series: 'cpu{entity="shop",kind="host"}', values: "1x99999999" }
    alert_rule_test:
      - { eval_time: 5s, alertname: BUSI, exp_alerts: [{ entity: shopp }] }
      - { eval_time: 6d }
`;
    const { exitCode, stdout, stderr, file } = await run(text);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr.trimEnd().split("\n")).toEqual([
      expect.stringMatching(
        `${file}:7:54: tests\\[0\\].input_series\\[0\\].values has "x", which is no sample`,
      ),
      `${file}:8:19: tests[0].input_series[1].series is the second of cpu of shop; remove one`,
      `${file}:9:19: tests[0].input_series[2].series must name a measure of services, not "cpuu"; did you mean "cpu"?`,
      `${file}:10:19: tests[0].input_series[3].series must be a measure with the label entity, such as p99{entity="shop"}`,
      `${file}:11:19: tests[0].input_series[4].series must have labels only, such as {entity="shop", team="web"}`,
      `${file}:12:19: tests[0].input_series[5].series must have a kind of entity, not "servise"; did you mean "service"?`,
      `${file}:13:19: tests[0].input_series[6].series has kind "host", but shop is a service`,
      expect.stringMatching(
        `${file}:13:62: tests\\[0\\].input_series\\[6\\].values has more than 86,400 samples`,
      ),
      `${file}:15:37: tests[0].alert_rule_test[0].alertname must name a rule, not "BUSI"; did you mean "BUSY"?`,
      `${file}:15:66: tests[0].alert_rule_test[0].exp_alerts[0].entity must name an entity of the series, not "shopp"; did you mean "shop"?`,
      expect.stringMatching(
        `${file}:16:22: tests\\[0\\].alert_rule_test\\[1\\].eval_time is after more than 86,400 evaluations`,
      ),
    ]);
  });

  it.each([
    ["tests: []", /:1:8: tests must be at least 1 entry/],
    ["rules: []\nconfig: x\ntests: [{}]", /:3:9: tests\[0\].input_series is missing/],
    ["- 1", /:1:1: a file of rule tests must be a map with the key tests/],
    [
      "tests: [{ input_series: [{ series: a, values: 1 }], alert_rule_test: [{ eval_time: soon }] }]",
      /eval_time must be a time/,
    ],
    [
      "config: none.yaml\ntests: [{ input_series: [{ series: a, values: 1 }], alert_rule_test: [{ eval_time: 1s }] }]",
      /^none.yaml:1:1: no such file/,
    ],
    [
      "rules: [{ kind: THRESHOLD, measure: cpuu, above: 1 }]\ntests: 1",
      /:1:37: rules\[0\].measure must name a measure, not "cpuu"/,
    ],
  ])("explains %j", async (text, sentence) => {
    const { exitCode, stderr, stdout } = await run(text);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(sentence);
  });

  it("explains a file that is not there, and hints at values for the name of a rule", async () => {
    expect(await faultline(["rules", "test", "none.yaml"])).toMatchObject({
      exitCode: 2,
      stderr: "none.yaml:1:1: no such file; check the path\n",
    });
  });
});
