import { beforeAll, describe, expect, it } from "vitest";
import { loadRegexEngine } from "../../src/core/regex.ts";
import { startHosts } from "./scripted-host.ts";

beforeAll(loadRegexEngine);

const CPU = "{ kind: THRESHOLD, name: CPU, measure: cpu, above: 80, recovery: 70 }";
const BOTH =
  "{ kind: ALL, name: BOTH, conditions: [{ measure: cpu, above: 80 }, { measure: memory, above: 75 }], for: 5s }";
const DOWN = "{ kind: SERVICE_DOWN, missing_for: 10s }";
const busy = { cpu: 90, memory: 90 };
const calm = { cpu: 10, memory: 10 };

describe("the rules of a snapshot", () => {
  it("say what they are about and how many alerts they have", () => {
    const { run, monitor } = startHosts([CPU, BOTH, DOWN], ["a", "b"]);
    run(3, busy);
    expect(monitor.snapshot().rules).toMatchObject([
      {
        name: "CPU",
        condition: "cpu > 80%",
        severities: ["warning"],
        appliesTo: "all hosts",
        enabled: true,
        pending: 0,
        firing: 2,
      },
      { name: "BOTH", condition: "cpu > 80% and memory > 75% for 5s", pending: 2, firing: 0 },
      { name: "SERVICE_DOWN", severities: ["page"], pending: 0, firing: 0, problem: undefined },
    ]);
    run(10, busy);
    expect(monitor.snapshot().rules.map(({ pending, firing }) => [pending, firing])).toEqual([
      [0, 2],
      [0, 2],
      [0, 0],
    ]);
    const rules = monitor.snapshot().rules;
    run(1, busy);
    expect(monitor.snapshot().rules).toBe(rules);
  });

  it("count the alerts of each of several rules of one name", () => {
    const own = CPU.replace("{", "{ match: { name: b },").replace("above: 80, recovery: 70", "above: 95");
    const { run, monitor } = startHosts([CPU, own], ["a", "b"]);
    run(5, busy);
    expect(monitor.snapshot().rules.map(({ appliesTo, firing }) => [appliesTo, firing])).toEqual([
      ["all hosts", 1],
      ["hosts: name b", 0],
    ]);
  });
});

describe("a composite of cpu > 80 and memory > 75", () => {
  it("fires only while both hold, names both, and a short spike wakes nobody", () => {
    const { run, alerts, alertOf } = startHosts([BOTH]);
    run(20, { cpu: 90, memory: 50 });
    run(20, { cpu: 50, memory: 90 });
    run(4, busy);
    run(10, calm);
    expect(alerts()).toEqual([]);
    run(7, { cpu: 85, memory: 78 });
    expect(alertOf("BOTH")).toMatchObject({
      state: "firing",
      message: "box: cpu=85.0% over 80%, memory=78.0% over 75%",
    });
    run(7, { cpu: 85, memory: 70 });
    expect(alerts()).toEqual(["BOTH resolved"]);
  });
});

describe("an operator", () => {
  it("disables a rule: its alerts expire and say so, also after a reload, until it is enabled again", () => {
    const { run, alerts, alertOf, monitor, ruleOf, reconfigure } = startHosts([CPU, BOTH]);
    run(10, busy);
    expect(
      monitor.dispatch({ type: "disable-rule", rule: "CPU" }, { name: "alice", role: "operator" }),
    ).toEqual({
      done: true,
      text: "rule CPU disabled",
    });
    expect(ruleOf("CPU").enabled).toBe(false);
    run(1, busy);
    expect(alerts()).toEqual(["BOTH firing", "CPU expired"]);
    const { fingerprint } = alertOf("CPU")!;
    const { at } = monitor.snapshot();
    expect(monitor.history.alertTimeline(fingerprint, at).at(-1)).toMatchObject({
      type: "expired",
      reason: "rule disabled",
    });
    const event = monitor.snapshot().events.find(({ text }) => text === "rule CPU disabled");
    expect(event?.actor).toBe("alice");
    reconfigure(CPU, BOTH.replace("for: 5s", "for: 6s"));
    run(5, busy);
    expect([ruleOf("CPU").enabled, alertOf("CPU")?.state]).toEqual([false, "expired"]);
    expect(monitor.dispatch({ type: "disable-rule", rule: "CPU" }).text).toBe("CPU is disabled already");
    monitor.dispatch({ type: "enable-rule", rule: "CPU" });
    run(1, busy);
    expect(alertOf("CPU")).toMatchObject({ state: "firing", occurrences: 2 });
    expect(monitor.dispatch({ type: "enable-rule", rule: "NONE" })).toEqual({
      done: false,
      text: "there is no rule NONE",
    });
  });

  it("cannot disable as a viewer", () => {
    const { monitor, ruleOf } = startHosts([CPU]);
    expect(
      monitor.dispatch({ type: "disable-rule", rule: "CPU" }, { name: "eve", role: "viewer" }).done,
    ).toBe(false);
    expect(ruleOf("CPU").enabled).toBe(true);
  });
});

describe("a reload", () => {
  it("keeps what an unchanged rule remembers: an alert that has not recovered goes on", () => {
    const { run, alertOf, reconfigure } = startHosts([CPU]);
    run(3, busy);
    run(3, { cpu: 75, memory: 10 });
    expect(alertOf("CPU")).toMatchObject({ state: "firing", message: "box: cpu=75.0%, recovers at 70%" });
    reconfigure(CPU, BOTH);
    run(3, { cpu: 75, memory: 10 });
    expect(alertOf("CPU")).toMatchObject({ state: "firing", occurrences: 1 });
    run(3, calm);
    expect(alertOf("CPU")?.state).toBe("resolved");
  });

  it("without a rule expires its alerts", () => {
    const { run, alertOf, reconfigure, monitor } = startHosts([CPU, BOTH]);
    run(3, busy);
    reconfigure(BOTH);
    run(1, busy);
    const { fingerprint, state } = alertOf("CPU")!;
    const { at } = monitor.snapshot();
    expect([state, monitor.history.alertTimeline(fingerprint, at).at(-1)?.reason]).toEqual([
      "expired",
      "rule removed",
    ]);
  });
});

describe("an entity without data", () => {
  it("has one alert that says so; all others keep their state, and say why", () => {
    const { run, alerts, alertOf, monitor } = startHosts([CPU, BOTH.replace("for: 5s", "for: 30s"), DOWN]);
    run(10, busy);
    expect(alerts()).toEqual(["BOTH pending", "CPU firing"]);
    run(60, undefined);
    expect(monitor.snapshot().entities[0]?.health).toBe("unknown");
    expect(alerts()).toEqual(["BOTH pending", "CPU firing", "SERVICE_DOWN firing"]);
    expect(alertOf("CPU")?.message).toBe("box: cpu=90.0% over 80% (no data for 1m)");
    run(3, calm);
    expect(alerts()).toEqual(["CPU resolved", "SERVICE_DOWN resolved"]);
    expect(alertOf("CPU")?.message).toBe("box: cpu=90.0% over 80%");
  });

  it("is told by ABSENCE where the config says so, once", () => {
    const absent = "{ kind: ABSENCE, name: GONE, missing_for: 20s }";
    const quiet = "{ kind: ABSENCE, name: NO_CPU, measure: cpu, missing_for: 20s }";
    const { run, alerts } = startHosts([absent, quiet]);
    run(10, calm);
    run(19, undefined);
    expect(alerts()).toEqual([]);
    run(10, undefined);
    expect(alerts()).toEqual(["GONE firing"]);
    run(3, calm);
    expect(alerts()).toEqual(["GONE resolved"]);
  });
});

describe("annotations", () => {
  it("are rendered when the alert fires, a summary at every evaluation", () => {
    const rule =
      '{ kind: THRESHOLD, name: CPU, measure: cpu, above: 80, for: 3s, labels: { tier: "1" }, summary: "{{ entity }} of {{ labels.team }} at {{ value }}", description: "{{ rule }}: {{ value }} over {{ limit }}" }';
    const { run, alertOf } = startHosts([rule]);
    run(2, { cpu: 81, memory: 1 });
    run(5, { cpu: 85, memory: 1 });
    run(5, { cpu: 99, memory: 1 });
    expect(alertOf("CPU")).toMatchObject({
      state: "firing",
      labels: { tier: "1", team: "box-team" },
      message: "box of box-team at 99.0%",
      annotations: { summary: "box of box-team at 85.0%", description: "CPU: 85.0% over 80%" },
    });
  });
});
