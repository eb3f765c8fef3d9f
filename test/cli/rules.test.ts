import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { faultline } from "./fake.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "faultline-rules-"));
});
afterAll(() => rm(folder, { recursive: true }));

const CONFIG = `tick: 1s
services:
  - { name: shop, base_latency: 10ms }
rules:
  - { kind: THRESHOLD, name: BUSY, measure: cpu, above: 80, recovery: 70, for: 2s, severity: critical }
  - { kind: THRESHOLD, name: SLOW, measure: p99, above: 300ms, ticks: 2 }
  - { kind: THRESHOLD, name: FAILING, measure: error_rate, above: 0.1 }
`;

async function configFile(text = CONFIG): Promise<string> {
  const file = join(folder, "shop.yaml");
  await writeFile(file, text);
  return file;
}

describe("rules test RULE VALUES", () => {
  it("prints the state after each value", async () => {
    const run = await faultline([
      "rules",
      "test",
      "BUSY",
      "95",
      "90",
      "85",
      "75",
      "60",
      "--config",
      await configFile(),
    ]);
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    const [head, , ...rows] = run.stdout.trimEnd().split("\n");
    expect(head).toBe("BUSY: cpu > 80% for 2s, on shop, every 1s");
    expect(rows.map((row) => row.trim().split(/ {2,}/))).toEqual([
      ["0ms", "95", "pending critical", "shop: cpu=95.0% over 80%"],
      ["1s", "90", "pending critical", "shop: cpu=90.0% over 80%"],
      ["2s", "85", "firing critical", "shop: cpu=85.0% over 80%"],
      ["3s", "75", "firing critical", "shop: cpu=75.0%, recovers at 70%"],
      ["4s", "60", "inactive"],
    ]);
  });

  it("reads the notation of series, in any case of the name, at any interval, as JSON", async () => {
    const argv = [
      "rules",
      "test",
      "busy",
      "95x2",
      "stale",
      "--every",
      "500ms",
      "--json",
      "--config",
      await configFile(),
    ];
    const { stdout } = await faultline(argv);
    expect(JSON.parse(stdout)).toMatchObject({
      rule: "BUSY",
      entity: "shop",
      measure: "cpu",
      every_ms: 500,
      steps: [
        { at_ms: 0, value: 95, state: "pending", severity: "critical" },
        { at_ms: 500, value: 95, state: "pending" },
        { at_ms: 1000, value: 95, state: "pending" },
        { at_ms: 1500, value: "stale", state: "inactive", severity: null, message: null },
      ],
    });
  });

  it("supplies the samples that a limit on a share or a percentile needs", async () => {
    const states = async (rule: string, ...values: string[]) => {
      const { stdout } = await faultline(["rules", "test", rule, ...values, "--json"]);
      return JSON.parse(stdout).steps.map(({ state, severity }: Record<string, string>) => severity ?? state);
    };
    expect(await states("HIGH_ERROR_RATE", "0.01", "0.06", "0.2")).toEqual([
      "inactive",
      "warning",
      "critical",
    ]);
    expect(await states("HIGH_LATENCY", "100", "600", "1500")).toEqual(["inactive", "warning", "critical"]);
    expect(await states("HIGH_CPU", "95.5x4")).toEqual([
      "critical",
      "critical",
      "critical",
      "critical",
      "critical",
    ]);
  });

  it("takes shares also as percentages, as they are shown", async () => {
    const rows = async (...values: string[]) => {
      const { stdout } = await faultline(["rules", "test", "HIGH_ERROR_RATE", ...values]);
      return stdout.trimEnd().split("\n").slice(2);
    };
    const shares = await rows("0.005", "0.07", "_", "0.95");
    expect(shares).toEqual(await rows("0.5", "7", "_", "95"));
    expect(shares.map((row) => row.trim().split(/ {2,}/)[1])).toEqual(["0.5%", "7%", "_", "95%"]);
    expect(shares.at(-1)).toContain("error_rate=95.0%");
  });

  it.each([
    [["BUSI", "1"], 'there is no rule "BUSI"; did you mean "BUSY"?'],
    [["BUSY", "1", "x"], /^the list of values has "x", which is no sample/],
    [["BUSY"], "rules test needs a file, or values for a rule, such as rules test BUSY 95 50 10"],
    [["BUSY", ""], /^the list of values has no samples/],
    [["BUSY", "1", "--every", "soon"], /^--every must be a time/],
    [
      ["BUSY", "1", "--kind", "servise"],
      '--kind must be a kind of entity, not "servise"; did you mean "service"?',
    ],
    [["FAILING", "95", "101"], "error_rate is a share: type values from 0 to 1, or percentages up to 100"],
    [["SLOW", "1", "--kind", "host"], "SLOW applies to no host of this config"],
  ])("explains %j", async (argv, sentence) => {
    const run = await faultline(["rules", "test", ...argv, "--config", await configFile()]);
    expect(run).toMatchObject({ exitCode: 2, stdout: "" });
    expect(run.stderr.replace(/^faultline: /, "").trimEnd()).toEqual(
      typeof sentence === "string" ? sentence : expect.stringMatching(sentence),
    );
  });
});

describe("rules list", () => {
  it("lists the rules of a config", async () => {
    const config = await configFile();
    expect((await faultline(["rules", "list", "--config", config])).stdout.split("\n")).toEqual([
      "BUSY                 cpu > 80% for 2s",
      "SLOW                 p99 > 300ms for 2 evaluations",
      "FAILING              error_rate > 10%",
      "",
    ]);
    const { stdout } = await faultline(["rules", "list", "--json", "--config", config]);
    expect(JSON.parse(stdout)[1]).toMatchObject({
      name: "SLOW",
      kind: "THRESHOLD",
      enabled: true,
      for: "2 evaluations",
    });
  });

  it("says so without any", async () => {
    const config = await configFile("services: [{ name: a, base_latency: 1ms }]\nrules: []\n");
    expect((await faultline(["rules", "list", "--config", config])).stdout).toBe("the config has no rules\n");
  });
});

describe("rules export", () => {
  it("writes a rule file, and what differs as comments", async () => {
    const { stdout } = await faultline(["rules", "export", "--prometheus", "--config", await configFile()]);
    expect(
      parse(stdout).groups[0].rules.map(({ alert, for: lasts }: Record<string, string>) => [alert, lasts]),
    ).toEqual([
      ["BUSY", "2s"],
      ["SLOW", "1s"],
      ["FAILING", undefined],
    ]);
    expect(stdout).toContain("# SLOW:\n#   - 2 consecutive evaluations became for: 1s\n");
    expect(stdout).not.toContain("# BUSY");
  });

  it("asks for a format", async () => {
    expect(await faultline(["rules", "export"])).toMatchObject({
      exitCode: 2,
      stderr: "faultline: rules export needs a format: rules export --prometheus\n",
    });
  });
});
