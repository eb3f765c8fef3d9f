import { beforeAll, describe, expect, it } from "vitest";
import { loadRegexEngine } from "../../../src/core/regex.ts";
import type { Command } from "../../../src/monitor/types.ts";
import { paletteEntries } from "../../../src/ui/palette.ts";
import { aMember, anAlert, anIncident, aRule, sessionWith } from "../alerts/fixtures.ts";

beforeAll(loadRegexEngine);

const alerts = [
  anAlert({ rule: "HIGH_LATENCY", entity: "payment-service" }),
  anAlert({ rule: "HIGH_CPU", entity: "payment-worker", acknowledged: { by: "bob", at: 0 } }),
  anAlert({ rule: "HIGH_CPU", entity: "front", state: "pending" }),
  anAlert({ rule: "HIGH_CPU", entity: "old", state: "resolved", resolvedAt: 5 }),
];

/** The first entry for a text that is typed into the palette. */
function first(text: string, parts = {}) {
  const harness = sessionWith({
    alerts,
    rules: [aRule(), aRule({ name: "HIGH_CPU", enabled: false })],
    ...parts,
  });
  harness.press(`3:${text}`);
  const view = harness.session.view();
  const [entry] = paletteEntries(view);
  return { entry: entry!, intent: entry!.run(view), view, harness };
}

const commandsOf = (text: string) => (first(text).intent as { commands: readonly Command[] }).commands;

describe("commands about alerts", () => {
  it.each([
    ["ack payment.*", "acknowledge", ["HIGH_LATENCY/payment-service"]],
    ["ack HIGH_.*", "acknowledge", ["HIGH_LATENCY/payment-service", "HIGH_CPU/front"]],
    ['ack state="pending"', "acknowledge", ["HIGH_CPU/front"]],
    ["unack .*", "unacknowledge", ["HIGH_CPU/payment-worker"]],
    ["resolve .*", "resolve", ["HIGH_LATENCY/payment-service", "HIGH_CPU/payment-worker"]],
  ])("%s applies to what matches", (text, type, fingerprints) => {
    expect(commandsOf(text)).toEqual([{ type, alerts: fingerprints }]);
  });

  it("say what is wrong with a pattern, and that nothing matches", () => {
    expect(first("ack pay(").entry.enabled).toContain("invalid regular expression");
    expect(first("ack nobody").entry.enabled).toBe("no active alert matches nobody");
  });

  it("silence by pattern, length and reason", () => {
    expect(commandsOf("silence payments.* 2h deploying v2")).toEqual([
      { type: "silence", matchers: 'entity=~"payments.*"', durationMs: 7_200_000, reason: "deploying v2" },
    ]);
  });

  it("silence what is at the cursor when only a length and a reason are typed", () => {
    expect(commandsOf("silence 30m why not")).toEqual([
      {
        type: "silence",
        matchers: 'alertname="HIGH_LATENCY", entity="payment-service"',
        durationMs: 1_800_000,
        reason: "why not",
      },
    ]);
  });
});

describe("commands about rules", () => {
  it("open the test with the typed values, whatever the case of the name", () => {
    expect(first("rule test high_latency 95 50 10").intent).toEqual({
      ui: { type: "rule-test", rule: "HIGH_LATENCY", text: "95 50 10 " },
    });
    // Without a name it is the rule at the cursor.
    expect(first("rule test 95 50 10").intent).toEqual({
      ui: { type: "rule-test", rule: "HIGH_LATENCY", text: "95 50 10 " },
    });
    expect(first("rule test NOSUCH 1").entry.enabled).toContain("there is no rule NOSUCH");
  });

  it("enable and disable", () => {
    expect(first("rule enable HIGH_CPU").intent).toEqual({
      command: { type: "enable-rule", rule: "HIGH_CPU" },
    });
    expect(first("rule disable HIGH_LATENCY").intent).toEqual({
      command: { type: "disable-rule", rule: "HIGH_LATENCY" },
    });
  });
});

describe("commands that export", () => {
  it("write the alerts that the filter shows", () => {
    const harness = sessionWith({ alerts });
    harness.press("3/HIGH_CPU<enter>:export alerts csv my file.csv");
    const view = harness.session.view();
    const intent = paletteEntries(view)[0]!.run(view) as {
      export: { content: { alerts: readonly unknown[] } };
    };
    expect(intent.export).toMatchObject({ file: "my file.csv", replace: false, content: { format: "csv" } });
    expect(intent.export.content.alerts).toHaveLength(3);
  });

  it("replace a file only with ! after its name", () => {
    expect(first("export alerts json a.json!").intent).toMatchObject({
      export: { file: "a.json", replace: true },
    });
  });

  it("propose a name, and write the summary of the incident at the cursor", () => {
    const incidents = [anIncident({ id: 4, entity: "x", members: [aMember({ rule: "A", entity: "x" })] })];
    expect(first("export alerts csv").entry.title).toMatch(
      /export alerts csv alerts-\d{8}-\d{6}\.csv: 4 alerts/,
    );
    const { entry } = first("summary", { incidents });
    expect(entry.title).toContain("incident-4.md: incident #4 x down");
    expect(first("summary").entry.enabled).toBe("there is no incident yet");
  });

  it("say so on a screen without files", async () => {
    const { harness } = first("export alerts csv a.csv");
    harness.press("<enter>");
    await Promise.resolve();
    await Promise.resolve();
    expect(harness.footer()).toContain("files cannot be written from this screen");
  });
});
