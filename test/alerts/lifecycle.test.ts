import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RESOLVED_KEPT_COUNT, RESOLVED_KEPT_MS } from "../../src/alerts/alert-entries.ts";
import type { RuleInstance } from "../../src/alerts/evaluate.ts";
import { type AlertContext, AlertLifecycle, type Happened } from "../../src/alerts/lifecycle.ts";
import type { Hold } from "../../src/alerts/types.ts";
import type { Severity } from "../../src/core/alert.ts";

const TICK_MS = 1_000;
/** All rules and entities exist. */
const WATCHED: AlertContext = {
  whyExpired: () => undefined,
  whyFrozen: () => undefined,
  labelsOf: () => ({ kind: "shop" }),
};
const BREACHES: Readonly<Record<string, Severity>> = { "1": "warning", "2": "critical", "3": "page" };

function instance(token: string, hold: Hold, entity = "shop"): RuleInstance | undefined {
  if (token === "_") return undefined;
  const severity = BREACHES[token];
  const breach = severity && { severity, message: `${entity}: level=${token}` };
  return { rule: "RULE", entity, breach, hold, failed: token === "x" };
}

/**
 * Runs a series, one token per tick: 0 no breach, 1 2 3 a breach of rising severity, _ not evaluated, x the
 * rule failed. Returns the transition of each tick: "-" none.
 */
function run(series: string, hold: Hold) {
  const lifecycle = new AlertLifecycle();
  const transitions: Happened[] = [];
  const summary = series.split(" ").map((token, tick) => {
    const found = instance(token, hold);
    const happened = lifecycle.evaluate(tick * TICK_MS, found ? [found] : [], WATCHED);
    transitions.push(...happened);
    return happened.map(({ type }) => type).join("+") || "-";
  });
  return { summary: summary.join(" "), transitions, alerts: lifecycle.alerts() };
}

const AT_ONCE: Hold = { ticks: 1, ms: 0 };

describe("the states of an alert", () => {
  const rows: [series: string, hold: Hold, summary: string][] = [
    ["0 0 0", AT_ONCE, "- - -"],
    ["0 1 0", AT_ONCE, "- fired resolved"],
    ["0 0 1 1 1 0", AT_ONCE, "- - fired - - resolved"],
    ["1 0 1 0", AT_ONCE, "fired resolved fired resolved"],
    ["1 1 1 0", { ticks: 3, ms: 0 }, "pending - fired resolved"],
    ["1 1 0 1 1 0", { ticks: 3, ms: 0 }, "pending - gone pending - gone"],
    ["1 1 1 1 0", { ticks: 1, ms: 2_000 }, "pending - fired - resolved"],
    ["1 1 0 1 1 1", { ticks: 1, ms: 2_000 }, "pending - gone pending - fired"],
    ["1 1 1 1 1", { ticks: 2, ms: 3_000 }, "pending - - fired -"],
    ["1 1 1 1 1", { ticks: 4, ms: 1_000 }, "pending - - fired -"],
    ["1 2 1 2 3 3", AT_ONCE, "fired escalated - - escalated -"],
    ["1 2 2 0", { ticks: 3, ms: 0 }, "pending - fired resolved"],
    ["1 _ _", AT_ONCE, "fired resolved -"],
    ["1 _ 1", { ticks: 2, ms: 0 }, "pending gone pending"],
    ["1 x x 1 0", AT_ONCE, "fired - - - resolved"],
    ["1 x 1 0", { ticks: 2, ms: 0 }, "pending - fired resolved"],
    ["x 0", AT_ONCE, "- -"],
  ];
  it.each(rows)("%s with %o", (series, hold, summary) => {
    expect(run(series, hold).summary).toBe(summary);
  });
});

it("records when it started, fired and was resolved, and why", () => {
  const { transitions, alerts } = run("0 1 1 1 0", { ticks: 2, ms: 0 });
  expect(transitions).toMatchObject([
    {
      at: 1_000,
      type: "pending",
      from: "inactive",
      to: "pending",
      alert: { id: 1, state: "pending", startedAt: 1_000, firedAt: undefined },
    },
    { at: 2_000, type: "fired", from: "pending", to: "firing", alert: { state: "firing", firedAt: 2_000 } },
    { at: 4_000, type: "resolved", from: "firing", to: "resolved", reason: "recovered", actor: "monitor" },
  ]);
  expect(alerts).toMatchObject([{ state: "resolved", startedAt: 1_000, firedAt: 2_000, resolvedAt: 4_000 }]);
});

it("says when a pending alert will fire", () => {
  const hold = { ticks: 1, ms: 3_000 };
  expect(run("1 1", hold).alerts).toMatchObject([{ state: "pending", firesAt: 3_000 }]);
  expect(run("1 1 1 1", hold).alerts).toMatchObject([{ state: "firing", firesAt: undefined }]);
});

it("updates severity and message of the same alert", () => {
  const { alerts } = run("1 3 2", AT_ONCE);
  expect(alerts).toMatchObject([{ id: 1, severity: "critical", message: "shop: level=2", startedAt: 0 }]);
});

it("is a new occurrence of the same alert after a resolution, in its place", () => {
  const { alerts } = run("1 0 1", AT_ONCE);
  expect(alerts).toMatchObject([{ id: 2, occurrences: 2, state: "firing", startedAt: 2_000 }]);
  const [hundredth] = run(Array(100).fill("1 0").join(" "), AT_ONCE).alerts;
  expect(hundredth).toMatchObject({ occurrences: 100, state: "resolved" });
});

it("has an identity that follows from rule and labels alone", () => {
  const fingerprints = (series: string) =>
    run(series, AT_ONCE).transitions.map(({ alert }) => alert.fingerprint);
  expect(new Set([...fingerprints("1 0 2 3"), ...fingerprints("0 0 3 0")]).size).toBe(1);
  const of = (change: Partial<RuleInstance>) => {
    const lifecycle = new AlertLifecycle();
    lifecycle.evaluate(0, [{ ...instance("1", AT_ONCE)!, ...change }], WATCHED);
    return lifecycle.alerts()[0]!.fingerprint;
  };
  const different = [
    of({}),
    of({ rule: "OTHER" }),
    of({ entity: "other" }),
    of({ labels: { team: "edge" } }),
  ];
  expect(new Set(different).size).toBe(4);
});

it("keeps firing for a while after the breach, and a new breach clears that", () => {
  const hold = { ...AT_ONCE, keepFiringMs: 3_000 };
  expect(run("1 0 0 0 0", hold).summary).toBe("fired - - - resolved");
  expect(run("1 0 0 1 0 0 0 0", hold).summary).toBe("fired - - - - - - resolved");
  expect(run("1 0 0", hold).alerts).toMatchObject([{ state: "firing", keptFiringSince: 1_000 }]);
  expect(run("1 0 1", hold).alerts).toMatchObject([{ state: "firing", keptFiringSince: undefined }]);
  expect(run("1 0 0", { ticks: 2, ms: 0, keepFiringMs: 3_000 }).summary).toBe("pending gone -");
});

it("expires without its rule or entity, and is never told as resolved", () => {
  const lifecycle = new AlertLifecycle();
  const removed: AlertContext = {
    ...WATCHED,
    whyExpired: (_, entity) => (entity === "shop" ? "removed" : undefined),
  };
  const both = [instance("1", AT_ONCE)!, instance("1", AT_ONCE, "other")!];
  lifecycle.evaluate(0, both, WATCHED);
  const happened = lifecycle.evaluate(1_000, [], removed);
  expect(happened.map(({ type, alert }) => `${alert.entity} ${type}`).sort()).toEqual([
    "other resolved",
    "shop expired",
  ]);
  expect(
    lifecycle
      .alerts()
      .map(({ entity, state }) => `${entity} ${state}`)
      .sort(),
  ).toEqual(["other resolved", "shop expired"]);
});

it("keeps its state while nothing is known of its entity, and says so", () => {
  const hold: Hold = { ticks: 1, ms: 2_000 };
  const unknown: AlertContext = { ...WATCHED, whyFrozen: () => "no data for 7s" };
  for (const [breaches, state] of [
    [1, "pending"],
    [3, "firing"],
  ] as const) {
    const lifecycle = new AlertLifecycle();
    for (let tick = 0; tick < breaches; tick++)
      lifecycle.evaluate(tick * TICK_MS, [instance("1", hold)!], WATCHED);
    for (let tick = breaches; tick < 10; tick++)
      expect(lifecycle.evaluate(tick * TICK_MS, [], unknown)).toEqual([]);
    expect(lifecycle.alerts()).toMatchObject([{ state, message: "shop: level=1 (no data for 7s)" }]);
    lifecycle.evaluate(10 * TICK_MS, [instance("2", hold)!], WATCHED);
    expect(lifecycle.alerts()).toMatchObject([{ state: "firing", message: "shop: level=2" }]);
    const [ended] = lifecycle.evaluate(11 * TICK_MS, [], WATCHED);
    expect(ended).toMatchObject({ type: "resolved", alert: { message: "shop: level=2" } });
  }
});

it("ends with the severity of the breach that its message is about", () => {
  // A token with a star is a level that is only held, at whatever value.
  const token = fc.constantFrom("1", "2", "3", "1*", "2*", "3*");
  fc.assert(
    fc.property(fc.array(token, { maxLength: 8 }), fc.constantFrom("0", "expires"), (held, end) => {
      const lifecycle = new AlertLifecycle();
      ["2", ...held].forEach((each, tick) => {
        const found = instance(each[0]!, AT_ONCE)!;
        const breach = each.endsWith("*")
          ? { ...found.breach!, message: "recovering", isHeld: true }
          : found.breach!;
        lifecycle.evaluate(tick * TICK_MS, [{ ...found, breach }], WATCHED);
      });
      const context = end === "0" ? WATCHED : { ...WATCHED, whyExpired: () => "its rule was removed" };
      lifecycle.evaluate((held.length + 1) * TICK_MS, [], context);
      const [alert] = lifecycle.alerts();
      const last = ["2", ...held].findLast((each) => !each.endsWith("*"))!;
      expect(alert).toMatchObject({ message: `shop: level=${last}`, severity: BREACHES[last] });
    }),
  );
});

it("is another alert when the labels of its rule change", () => {
  const lifecycle = new AlertLifecycle();
  const labelled = (labels: Record<string, string>) => ({ ...instance("1", AT_ONCE)!, labels });
  lifecycle.evaluate(0, [labelled({ team: "edge" })], WATCHED);
  expect(lifecycle.evaluate(1_000, [labelled({ team: "edge" })], WATCHED)).toEqual([]);
  const happened = lifecycle.evaluate(2_000, [labelled({ team: "core" })], WATCHED);
  expect(happened.map(({ type, reason, alert }) => [type, reason, alert.labels.team])).toEqual([
    ["expired", "the labels of its rule changed", "edge"],
    ["fired", "at once", "core"],
  ]);
});

it("renders its annotations when it begins, fires and escalates, and not in between", () => {
  const lifecycle = new AlertLifecycle();
  const seen = [1, 2, 3, 4, 5].map((tick) => {
    const found = instance(tick < 5 ? "1" : "2", { ticks: 3, ms: 0 })!;
    lifecycle.evaluate(tick * TICK_MS, [{ ...found, annotations: () => ({ tick: String(tick) }) }], WATCHED);
    return lifecycle.alerts()[0]?.annotations.tick;
  });
  expect(seen).toEqual(["1", "1", "3", "3", "5"]);
});

it("returns the same objects and the same list while nothing changes", () => {
  const lifecycle = new AlertLifecycle();
  const step = (now: number, token: string) => lifecycle.evaluate(now, [instance(token, AT_ONCE)!], WATCHED);
  expect(lifecycle.alerts()).toBe(lifecycle.alerts());
  step(0, "1");
  const before = lifecycle.alerts();
  step(1_000, "1");
  expect(lifecycle.alerts()).toBe(before);
  step(2_000, "2");
  expect(lifecycle.alerts()).not.toBe(before);
  expect(before[0]?.severity).toBe("warning");
  expect(lifecycle.alerts()[0]?.severity).toBe("critical");
});

it("separates the alerts of rules and entities, and lists active ones first, newest first", () => {
  const lifecycle = new AlertLifecycle();
  const at = (now: number, ...services: string[]) =>
    lifecycle.evaluate(
      now,
      services.map((entity) => instance("1", entity === "slow" ? { ticks: 9, ms: 0 } : AT_ONCE, entity)!),
      WATCHED,
    );
  at(0, "a");
  at(1_000, "a", "b");
  at(2_000, "a", "slow");
  at(3_000, "a", "slow", "c");
  at(4_000, "slow", "c");
  expect(lifecycle.alerts().map(({ entity, state }) => `${entity} ${state}`)).toEqual([
    "c firing",
    "slow pending",
    "b resolved",
    "a resolved",
  ]);
  const twoRules = new AlertLifecycle();
  const one = instance("1", AT_ONCE)!;
  expect(twoRules.evaluate(0, [one, { ...one, rule: "OTHER" }], WATCHED)).toHaveLength(2);
});

it("keeps resolved alerts for 15 minutes", () => {
  const lifecycle = new AlertLifecycle();
  lifecycle.evaluate(0, [instance("1", AT_ONCE)!], WATCHED);
  lifecycle.evaluate(1_000, [], WATCHED);
  lifecycle.evaluate(1_000 + RESOLVED_KEPT_MS, [], WATCHED);
  expect(lifecycle.alerts()).toHaveLength(1);
  lifecycle.evaluate(1_001 + RESOLVED_KEPT_MS, [], WATCHED);
  expect(lifecycle.alerts()).toEqual([]);
});

it("keeps the newest resolved alerts if there are too many", () => {
  const lifecycle = new AlertLifecycle();
  for (let now = 0; now < RESOLVED_KEPT_COUNT + 3; now += 1) {
    lifecycle.evaluate(2 * now, [instance("1", AT_ONCE, `shop-${now}`)!], WATCHED);
    lifecycle.evaluate(2 * now + 1, [], WATCHED);
  }
  expect(lifecycle.alerts()).toHaveLength(RESOLVED_KEPT_COUNT);
  expect(lifecycle.alerts().at(-1)?.id).toBe(4);
});

it("fires once for each long enough run of breaches, and resolves each ended one", () => {
  const holds = fc.record({ ticks: fc.integer({ min: 1, max: 5 }), ms: fc.integer({ min: 0, max: 5_000 }) });
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }), holds, (breaches, hold) => {
      const series = breaches.map(Number).join(" ");
      const runs = series
        .replaceAll(" ", "")
        .split(/0+/)
        .filter((ones) => ones !== "");
      const longEnough = (ones: string) =>
        ones.length >= Math.max(hold.ticks, Math.ceil(hold.ms / TICK_MS) + 1);
      const fires = runs.filter(longEnough).length;
      const open = breaches.at(-1) === true && longEnough(runs.at(-1)!) ? 1 : 0;

      const { transitions, alerts } = run(series, hold);
      const count = (type: Happened["type"]) => transitions.filter((step) => step.type === type).length;
      expect(count("fired")).toBe(fires);
      expect(count("resolved")).toBe(fires - open);
      expect(alerts.filter(({ state }) => state === "firing")).toHaveLength(open);
      const fired = transitions.filter(({ type }) => type === "fired").map(({ alert }) => alert.id);
      expect(new Set(fired).size).toBe(fires);
    }),
    { numRuns: 200 },
  );
});
