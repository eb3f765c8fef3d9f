import { describe, expect, it } from "vitest";
import type { EntityKind } from "../../src/core/entity.ts";
import type { Measure, Values } from "../../src/core/measure.ts";
import type { Proportion } from "../../src/core/proportion.ts";
import { host } from "../../src/kinds/host.ts";
import { service } from "../../src/kinds/service.ts";
import { LimitJudge } from "../../src/measures/limit-judge.ts";
import type { EntityReading } from "../../src/measures/reading.ts";
import { aReading, NOW } from "../health/readings.ts";

const TICK_MS = 500;
const measureOf = (kind: EntityKind, id: string) => kind.measures.find((measure) => measure.id === id)!;

/** Judges one measure tick after tick; gives level and basis of each. */
function walk(
  measure: Measure,
  steps: readonly Values[],
  given: Partial<EntityReading> = {},
  limits = measure.limits,
): string[] {
  const judge = new LimitJudge();
  return steps.map((values, tick) => {
    const reading = aReading({ windowMs: 15_000, ...given, at: NOW + tick * TICK_MS }, values);
    const { level } = judge.judge(reading, measure, { limits });
    return level === undefined ? "-" : `${level.level} ${level.basis}`;
  });
}

const times = <T>(count: number, value: T): T[] => Array<T>(count).fill(value);

describe("a share of bad values", () => {
  const errorRate = measureOf(service, "error_rate");
  const errors = (count: number, requests = 150) => ({ errors: count, requests });

  it("stays beyond its limit until it has been under half of it for one more window", () => {
    const seen = walk(errorRate, [errors(20), errors(6), ...times(31, errors(3)), errors(3)]);
    expect(seen.slice(0, 3)).toEqual(["degraded window", "degraded held", "degraded held"]);
    // 3 of 150 is 2 %: calm from the third tick, and for 15 s.
    expect(seen.indexOf("-")).toBe(2 + 15_000 / TICK_MS);
  });

  it("begins to recover anew when the value rises again in between", () => {
    const seen = walk(errorRate, [errors(20), ...times(29, errors(3)), errors(6), ...times(30, errors(3))]);
    expect(seen.at(-1)).toBe("degraded held");
  });

  it("recovers at once where so many requests leave no doubt", () => {
    expect(walk(errorRate, [errors(400, 6000), errors(90, 6000)])).toEqual(["degraded window", "-"]);
  });

  it("recovers where it is configured to", () => {
    const limits = { degraded: 0.05, degraded_recovery: 0.01 };
    const steps = [errors(20), ...times(40, errors(3))];
    expect(walk(errorRate, steps, {}, limits).at(-1)).toBe("degraded held");
    expect(walk(errorRate, [errors(20), ...times(40, errors(1))], {}, limits).at(-1)).toBe("-");
  });

  it("is seen in the last seconds before it fills the window", () => {
    const more = (recent: Proportion) => ({ more: { beyond: () => recent, value: () => Number.NaN } });
    expect(walk(errorRate, [errors(7)], more({ count: 7, of: 30 }))).toEqual(["degraded recent"]);
    expect(walk(errorRate, [errors(7)], more({ count: 3, of: 30 }))).toEqual(["-"]);
    // A short window has no last seconds of its own.
    expect(walk(errorRate, [errors(7)], { windowMs: 5_000, ...more({ count: 7, of: 30 }) })).toEqual(["-"]);
  });

  it("does not begin with a good value where values are rare, as then the trouble is over", () => {
    const newest = (recent: Proportion) => ({
      cadenceMs: 5_000,
      windowMs: 100_000,
      more: { beyond: () => recent, value: () => Number.NaN },
    });
    const walked = (recent: Proportion) => walk(errorRate, [errors(4, 6)], newest(recent));
    expect(walked({ count: 0, of: 1 })).toEqual(["-"]);
    expect(walked({ count: 1, of: 1 })).toEqual(["critical window"]);
    // Nothing is known about the last seconds.
    expect(walked({ count: 0, of: 0 })).toEqual(["critical window"]);
    // One that holds goes on.
    const judge = new LimitJudge();
    const judged = (recent: Proportion, at: number) =>
      judge.judge(aReading({ ...newest(recent), at }, errors(4, 6)), errorRate, { limits: errorRate.limits })
        .level;
    expect(judged({ count: 1, of: 1 }, NOW)?.level).toBe("critical");
    expect(judged({ count: 0, of: 1 }, NOW + TICK_MS)?.level).toBe("critical");
  });

  it("without requests is no problem any more", () => {
    expect(walk(errorRate, [errors(20), { requests: 0, errors: 0 }])).toEqual(["degraded window", "-"]);
  });

  it("of health checks decides whether a service is down, not its failed requests", () => {
    const availability = measureOf(service, "availability");
    const failing = { requests: 1000, errors: 1000, availability: 0, checks: 100, failed_checks: 0 };
    expect(walk(availability, [failing])).toEqual(["-"]);
    expect(walk(availability, [{ ...failing, failed_checks: 20 }])).toEqual(["down window"]);
    const after = { ...failing, failed_checks: 20 };
    expect(walk(availability, [after, ...times(40, failing)]).at(-1)).toBe("-");
  });
});

describe("a percentile", () => {
  const p99 = measureOf(service, "p99");
  const above = (count: number, of: number) => ({
    more: { beyond: () => ({ count, of }), value: () => Number.NaN },
  });

  it("needs more values above the limit than its share would leave there by chance", () => {
    const values = { p99: 900, requests: 150 };
    expect(walk(p99, [values], above(4, 150))).toEqual(["-"]);
    expect(walk(p99, [values], above(6, 150))).toEqual(["degraded window"]);
    // The limit of 1,000 ms is not reached, however many are above it.
    expect(walk(p99, [values], above(150, 150))).toEqual(["degraded window"]);
  });

  it("of few requests is no more than degraded", () => {
    expect(walk(p99, [{ p99: 5000, requests: 3 }], above(3, 3))).toEqual(["degraded window"]);
    expect(walk(p99, [{ p99: 5000, requests: 3 }], above(1, 3))).toEqual(["-"]);
  });

  it("that swings about its limit is one problem, not many", () => {
    const swing = Array.from({ length: 200 }, (_, tick) => ({
      requests: 100,
      p99: tick % 7 < 3 ? 520 : 430,
    }));
    const seen = walk(p99, swing);
    expect(new Set(seen)).toEqual(new Set(["degraded window", "degraded held"]));
  });
});

describe("a value that must last", () => {
  const cpu = measureOf(host, "cpu");
  const busy = (values: readonly number[]) =>
    walk(
      cpu,
      values.map((value) => ({ cpu: value })),
      { kind: host },
    );

  it("is held between its limit and its recovery value, and for 5 s below that", () => {
    const seen = busy([...times(5, 90), ...times(20, 83), ...times(12, 50)]);
    expect(seen.slice(0, 6)).toEqual([...times(4, "-"), "degraded window", "degraded held"]);
    expect(seen.indexOf("-", 5)).toBe(25 + 5_000 / TICK_MS);
  });

  it("is not held before it has lasted", () => {
    expect(new Set(busy(Array.from({ length: 60 }, (_, tick) => (tick % 5 === 4 ? 83 : 90))))).toEqual(
      new Set(["-"]),
    );
  });
});

it("exports its state as plain data", () => {
  const judge = new LimitJudge();
  const errorRate = measureOf(service, "error_rate");
  const judged = (errors: number, at: number) =>
    judge.judge(aReading({ at }, { requests: 150, errors }), errorRate, { limits: errorRate.limits });
  judged(1, NOW);
  expect(judge.state()).toEqual({});
  judged(20, NOW + 500);
  judged(2, NOW + 1_000);
  const state = judge.state();
  expect(state.error_rate?.degraded).toMatchObject({ active: true, calmSince: NOW + 1_000 });
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
});
