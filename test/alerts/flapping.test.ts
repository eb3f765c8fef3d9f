import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AlertEngine } from "../../src/alerts/engine.ts";
import { DEFAULT_FLAP_LIMITS, FlapDetector, flapPercent } from "../../src/alerts/flapping.ts";
import { DEFAULT_ALERT_SETTINGS } from "../../src/alerts/settings.ts";

const CONTEXT = { whyExpired: () => undefined, whyFrozen: () => undefined, labelsOf: () => ({}) };
const { intervalMs } = DEFAULT_FLAP_LIMITS;

describe("the percentage", () => {
  it.each([
    ["all", 2 ** 20 - 1, 100],
    ["only the newest", 1, 6.25],
    ["only the oldest", 2 ** 19, 3.75],
    ["none", 0, 0],
  ])("with changes in slots: %s", (_, bits, percent) => {
    expect(flapPercent(bits)).toBeCloseTo(percent, 10);
  });

  it("is that of Nagios's weights, for any changes", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }), (oldestFirst) => {
        const bits = oldestFirst.reduce((all, changed) => all * 2 + Number(changed), 0);
        const sum = oldestFirst.reduce(
          (all, changed, index) => all + (changed ? 0.75 + (index * 0.5) / 19 : 0),
          0,
        );
        expect(flapPercent(bits)).toBeCloseTo((sum * 100) / 20, 9);
      }),
    );
  });
});

describe("a detector", () => {
  it("agrees with a list of all changes, at random instants, and forgets what is steady", () => {
    const gap = fc.integer({ min: 1, max: 60_000 });
    fc.assert(
      fc.property(fc.array(gap, { maxLength: 60 }), (gaps) => {
        const detector = new FlapDetector();
        const changes: number[] = [];
        let now = 0;
        let flapping = false;
        for (const ms of gaps) {
          now += ms;
          detector.changed("a", now);
          changes.push(now);
          const before = flapping;
          for (const change of detector.advance(now)) ({ flapping } = change);
          const slots = new Set(
            changes.map((at) => Math.floor(now / intervalMs) - Math.floor(at / intervalMs)),
          );
          const percent = [...slots]
            .filter((age) => age < 20)
            .reduce((sum, age) => sum + (1.25 - (age * 0.5) / 19) * 5, 0);
          if (percent >= 30 + 1e-9) expect(flapping).toBe(true);
          else if (percent <= 20 - 1e-9) expect(flapping).toBe(false);
          else if (percent > 20 + 1e-9 && percent < 30 - 1e-9) expect(flapping).toBe(before);
        }
        const last = detector.advance(now + 20 * intervalMs);
        expect(last.map((change) => change.flapping)).toEqual(flapping ? [false] : []);
        expect(detector.size).toBe(0);
      }),
    );
  });
});

/** An alert that fires and is resolved in turns. @returns the engine after so many turns */
function alternate(turns: number, everyMs: number, engine = new AlertEngine(), from = 0) {
  for (let turn = 0; turn < turns; turn++) {
    const breach = { severity: "critical" as const, message: "api: p99" };
    const instance = { rule: "R", entity: "api", breach, hold: { ticks: 1, ms: 0 } };
    engine.evaluate(from + turn * everyMs, turn % 2 === 0 ? [instance] : [], CONTEXT);
  }
  return engine;
}

describe("an alert that comes and goes", () => {
  it("is marked as flapping, active or not, and its transitions are logged all the same", () => {
    const engine = alternate(12, 20_000);
    expect(engine.alerts()).toMatchObject([{ flapping: true, state: "resolved", occurrences: 6 }]);
    const types = engine.log.after(0).map(({ type }) => type);
    expect(types.filter((type) => type === "flapping")).toHaveLength(1);
    expect(types.filter((type) => type === "fired" || type === "resolved")).toHaveLength(12);
    alternate(3, 20_000, engine, 12 * 20_000);
    expect(engine.alerts()).toMatchObject([{ flapping: true, state: "firing" }]);
  });

  it("is one incident that stays open until it is steady", () => {
    const engine = alternate(12, 20_000);
    expect(engine.incidents()).toMatchObject([{ state: "open", members: [{ occurrences: 6 }] }]);
    engine.evaluate(12 * 20_000 + 20 * intervalMs, [], CONTEXT);
    expect(engine.alerts()).toMatchObject([{ flapping: false }]);
    expect(engine.log.after(0).at(-1)).toMatchObject({ type: "steady" });
    expect(engine.incidents()).toMatchObject([{ state: "resolved", resolvedAt: 11 * 20_000 }]);
  });

  it("that fires just as it stops flapping does not keep its incident open when it ends", () => {
    const engine = new AlertEngine();
    const instance = {
      rule: "R",
      entity: "api",
      breach: { severity: "warning" as const, message: "api: p99" },
      hold: { ticks: 1, ms: 0 },
    };
    for (const [seconds, fires] of [
      [1, 1],
      [24, 0],
      [30, 1],
      [45, 0],
      [130, 1],
      [187, 0],
      [330, 1],
    ]) {
      engine.evaluate(seconds! * 1000, fires === 1 ? [instance] : [], CONTEXT);
    }
    const types = engine.log.after(0).map(({ type }) => type);
    expect(types.slice(-2)).toEqual(["fired", "steady"]);
    engine.evaluate(331_000, [], CONTEXT);
    expect(engine.incidents()).toMatchObject([{ state: "resolved" }]);
  });

  it("does not flap when it does so rarely, or is closed by hand", () => {
    expect(alternate(12, 100_000).alerts()).toMatchObject([{ flapping: false }]);
    const engine = new AlertEngine();
    for (let turn = 0; turn < 12; turn++) {
      alternate(1, 0, engine, turn * 60_000);
      engine.resolve(turn * 60_000 + 20_000, engine.alerts()[0]!.fingerprint, "alice");
      engine.evaluate(turn * 60_000 + 40_000, [], CONTEXT);
    }
    expect(engine.log.after(0).some(({ type }) => type === "flapping")).toBe(false);
  });

  it("flaps by the thresholds of the config", () => {
    const engine = new AlertEngine();
    engine.configure({ ...DEFAULT_ALERT_SETTINGS, flapping: { intervalMs: 60_000, high: 10, low: 5 } });
    expect(alternate(5, 100_000, engine).alerts()).toMatchObject([{ flapping: true }]);
  });
});
