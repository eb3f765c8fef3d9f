import { describe, expect, it } from "vitest";
import { absence } from "../../../src/alerts/rules/absence.ts";
import { aReading, NOW } from "../../health/readings.ts";
import { evaluateSeries, found } from "./series.ts";

const TRAFFIC = { measure: "request_rate", missing_for: "10s" };
const rates = (...values: number[]) => values.map((request_rate) => ({ request_rate }));
const times = (count: number, value: number) => Array<number>(count).fill(value);

describe("ABSENCE of data", () => {
  const rule = (silentMs: number, options = {}) =>
    absence.evaluate(
      aReading({ lastSeenAt: NOW - silentMs, lifeSigns: [] }),
      absence.schema.parse({ missing_for: "30s", ...options }),
      undefined as never,
    );

  it("holds from the time on that is asked for, at least three observations", () => {
    expect([rule(29_999), rule(30_000)?.message]).toEqual([undefined, "payment-service: no data for 30s"]);
    expect(rule(1e9, { severity: "page" })?.severity).toBe("page");
    const slow = { ...aReading({ lastSeenAt: NOW - 89_999, cadenceMs: 30_000 }) };
    const options = absence.schema.parse({ missing_for: "30s" });
    expect(absence.evaluate(slow, options, undefined as never)).toBeUndefined();
    expect(
      absence.evaluate({ ...slow, lastSeenAt: NOW - 90_000 }, options, undefined as never),
    ).toBeDefined();
  });

  it("does not count the time in which the monitor did not run", () => {
    const gaps = [{ from: NOW - 50_000, to: NOW - 25_000 }];
    const reading = aReading({ lastSeenAt: NOW - 54_000, gaps });
    expect(
      absence.evaluate(reading, absence.schema.parse({ missing_for: "30s" }), undefined as never),
    ).toBeUndefined();
  });
});

describe("ABSENCE of traffic", () => {
  it("holds when a rate has been zero, or unknown, for long enough, and ends with the first request", () => {
    // The first zero is that of a window of 1 s.
    expect(found(evaluateSeries(absence, TRAFFIC, rates(5, ...times(12, 0), 5, 0)))).toEqual([10, 11, 12]);
    expect(found(evaluateSeries(absence, TRAFFIC, rates(5, ...times(12, Number.NaN))))).toEqual([10, 11, 12]);
    expect(found(evaluateSeries(absence, TRAFFIC, rates(...times(6, 0), 1, ...times(9, 0))))).toEqual([]);
  });

  it("says for how long, and forgets an entity that has traffic", () => {
    const [breach] = evaluateSeries(absence, TRAFFIC, rates(...times(13, 0))).slice(-1);
    expect(breach).toMatchObject({
      severity: "critical",
      message: "payment-service: request_rate=0.0/s for 13s",
    });
  });

  it("of a gauge is that it has no value: zero is one", () => {
    const gauges = (...values: number[]) => values.map((cpu) => ({ cpu }));
    const options = { measure: "cpu", missing_for: "5s" };
    expect(found(evaluateSeries(absence, options, gauges(...times(20, 0))))).toEqual([]);
    expect(found(evaluateSeries(absence, options, gauges(1, ...times(7, Number.NaN))))).toEqual([6, 7]);
  });

  it("is not judged of an entity that is not seen: that is another alert", () => {
    const options = absence.schema.parse(TRAFFIC);
    const judges = (lastSeenAt: number) =>
      absence.judgesUnknown?.(aReading({ unknown: "no values", lastSeenAt, lifeSigns: [] }), options);
    expect([judges(NOW - 1_000), judges(NOW - 60_000)]).toEqual([true, false]);
    expect(
      absence.judgesUnknown?.(aReading({ lastSeenAt: 0 }), absence.schema.parse({ missing_for: "9s" })),
    ).toBe(true);
  });
});
