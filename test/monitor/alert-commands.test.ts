import { beforeAll, describe, expect, it } from "vitest";
import { loadRegexEngine } from "../../src/core/regex.ts";
import type { Command, Operator } from "../../src/monitor/types.ts";
import { configOf, startMonitor } from "./harness.ts";

const ALICE: Operator = { name: "alice", role: "operator" };

/** Three services, all of whose requests fail, and one that is well. */
const FAILING = `
window: 5s
services:
${["a", "b", "c"].map((name) => `  - { name: ${name}, base_latency: 20ms, rate: 40, error_rate: 0.9 }`).join("\n")}
  - { name: well, base_latency: 20ms, rate: 40, error_rate: 0 }
`;

function start(text = FAILING) {
  const harness = startMonitor(text);
  harness.run(10);
  const { monitor } = harness;
  const alerts = () => monitor.snapshot().alerts.filter(({ rule }) => rule === "HIGH_ERROR_RATE");
  const alertOf = (name: string) => alerts().find(({ entity }) => entity === name)!;
  const act = (command: Command) => monitor.dispatch(command, ALICE);
  const fingerprints = (...names: string[]) => names.map((name) => alertOf(name).fingerprint);
  return { ...harness, alertOf, act, fingerprints };
}

beforeAll(loadRegexEngine);

describe("a command for several alerts", () => {
  it("does all that it can, and says what it could not do", () => {
    const { act, alertOf, fingerprints } = start();
    expect(act({ type: "acknowledge", alerts: fingerprints("a") }).text).toBe(
      "HIGH_ERROR_RATE on a acknowledged",
    );
    expect(act({ type: "acknowledge", alerts: fingerprints("a", "b", "c") })).toEqual({
      done: true,
      text: "2 of 3 acknowledged: HIGH_ERROR_RATE on a is acknowledged by alice already",
    });
    expect(["a", "b", "c"].map((name) => alertOf(name).acknowledged?.by)).toEqual([
      "alice",
      "alice",
      "alice",
    ]);
    expect(act({ type: "acknowledge", alerts: [...fingerprints("a", "b"), "unknown"] })).toEqual({
      done: false,
      text:
        "HIGH_ERROR_RATE on a is acknowledged by alice already; " +
        "HIGH_ERROR_RATE on b is acknowledged by alice already; this alert is not active any more",
    });
    expect(act({ type: "unacknowledge", alerts: fingerprints("a", "b", "c") }).text).toBe(
      "3 alerts unacknowledged",
    );
    expect(act({ type: "resolve", alerts: [] })).toEqual({ done: false, text: "no alert is selected" });
  });

  it("takes incidents for all of their active alerts", () => {
    const { act, monitor, alertOf } = start();
    const incident = monitor.snapshot().incidents.find(({ entity }) => entity === "a")!;
    expect(act({ type: "acknowledge", alerts: [], incidents: [incident.id] }).done).toBe(true);
    const now = monitor.snapshot().incidents.find(({ id }) => id === incident.id)!;
    expect(now).toMatchObject({ state: "acknowledged", acknowledged: { by: "alice" } });
    const own = monitor.snapshot().alerts.filter(({ entity, state }) => entity === "a" && state === "firing");
    expect(own.every(({ acknowledged }) => acknowledged?.by === "alice")).toBe(true);
    expect(alertOf("b").acknowledged).toBeUndefined();
    expect(act({ type: "acknowledge", alerts: [], incidents: [incident.id, 99] })).toEqual({
      done: false,
      text: `incident ${incident.id} is acknowledged already; incident 99 has no active alert`,
    });
  });
});

describe("an alert that was closed by hand", () => {
  it("stays closed, ends its incident, and names who closed it", () => {
    const { act, run, alertOf, fingerprints, monitor, texts } = start();
    const { id, fingerprint } = alertOf("a");
    expect(act({ type: "resolve", alerts: fingerprints("a") }).text).toBe("HIGH_ERROR_RATE on a closed");
    run(60);
    expect(alertOf("a")).toMatchObject({ id, state: "resolved" });
    expect(texts().join("\n")).toMatch(/HIGH_ERROR_RATE on a closed by alice after \d+s/);
    const timeline = monitor.history.alertTimeline(fingerprint, monitor.snapshot().at);
    expect(timeline.at(-1)).toMatchObject({ type: "resolved", actor: "alice", reason: "closed by hand" });
    const all = monitor.snapshot().alerts.filter(({ entity, state }) => entity === "a" && state === "firing");
    if (all.length > 0) act({ type: "resolve", alerts: all.map((alert) => alert.fingerprint) });
    const incident = monitor.snapshot().incidents.find(({ entity }) => entity === "a");
    expect(incident).toMatchObject({ state: "resolved", endedBy: "operator" });
  });
});

describe("a silence", () => {
  it("says how many alerts it matches, so that a typing error is seen, with and without a reason", () => {
    const { act, alertOf, monitor } = start();
    const silence = (matchers: string, reason = "") =>
      act({ type: "silence", matchers, durationMs: 7_200_000, reason });
    expect(silence('entity=~"payments.*"', "deploying")).toMatchObject({
      text: 'silence 1 for 2h on entity=~"payments.*", no alert now: deploying',
    });
    const active = monitor.snapshot().alerts.filter(({ state }) => state === "firing" || state === "pending");
    const ofB = active.filter(({ entity }) => entity === "b");
    expect(silence('entity="b"')).toMatchObject({
      text: `silence 2 for 2h on entity="b", ${ofB.length} alert${ofB.length === 1 ? "" : "s"} now`,
    });
    expect(alertOf("b").silencedBy).toBe("2");
    const timeline = monitor.history.alertTimeline(alertOf("b").fingerprint, monitor.snapshot().at);
    expect(timeline.at(-1)).toMatchObject({ type: "silenced", reason: 'entity="b"' });
  });
});

describe("a reload of the config", () => {
  it("keeps acknowledgements, silences and what was closed, also when the entity changes", () => {
    const { act, alertOf, fingerprints, run, monitor } = start();
    act({ type: "acknowledge", alerts: fingerprints("a") });
    act({ type: "silence", matchers: 'entity=~"b|x"', durationMs: 600_000, reason: "deployment" });
    act({ type: "resolve", alerts: fingerprints("c") });
    const before = { a: alertOf("a"), b: alertOf("b"), c: alertOf("c") };
    const edited = FAILING.replace("window: 5s", "window: 6s").replaceAll(
      "rate: 40,",
      "rate: 30, labels: { tier: gold },",
    );
    for (const text of [FAILING, edited, FAILING]) {
      monitor.reconfigure(configOf(text));
      run(20);
      for (const name of ["a", "b", "c"] as const) {
        const { id, fingerprint, acknowledged, silencedBy, state } = before[name];
        expect(alertOf(name)).toMatchObject({ id, fingerprint, acknowledged, silencedBy, state });
      }
    }
    expect(before.a.acknowledged?.by).toBe("alice");
    expect(before.b.silencedBy).toBe("1");
    expect(monitor.snapshot().silences).toMatchObject([{ author: "alice", reason: "deployment" }]);
  });

  it("expires the alerts of what it removes, which ends their incidents without a recovery", () => {
    const { run, monitor } = start();
    monitor.reconfigure(configOf(FAILING.replace(/^ {2}- { name: a,.*\n/m, "")));
    run(1);
    const { incidents } = monitor.snapshot();
    expect(incidents.find(({ entity }) => entity === "a")).toMatchObject({
      state: "resolved",
      endedBy: "removal",
    });
    expect(monitor.history.incidentStatistics(monitor.snapshot().at).byEntity.get("a")?.mttrMs).toBeNaN();
  });
});
