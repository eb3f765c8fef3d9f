import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Health } from "../../src/core/health.ts";
import type { Values } from "../../src/core/measure.ts";
import { assessOnce, HealthJudge } from "../../src/health/assess.ts";
import { host } from "../../src/kinds/host.ts";
import type { EntityReading } from "../../src/measures/reading.ts";
import { staleAfterMs } from "../../src/measures/silence.ts";
import { aReading, LIMITS, NOW } from "./readings.ts";

const assess = (values: Values, given: Partial<EntityReading> = {}) => {
  const { health, reasons } = assessOnce(aReading(given, values));
  return { health, reasons };
};

describe("the default limits are strict", () => {
  const rows: [what: string, values: Values, health: Health, reasons: string[]][] = [
    ["all well", { requests: 1000, errors: 10, p99: 120 }, "healthy", []],
    ["exactly 5 % of errors", { requests: 100_000, errors: 5_000 }, "healthy", []],
    ["surely over 5 %", { requests: 100_000, errors: 5_200 }, "degraded", ["error rate 5.2 % over 5 %"]],
    ["exactly 10 %", { requests: 100_000, errors: 10_000 }, "degraded", ["error rate 10.0 % over 5 %"]],
    ["12 %", { requests: 3_000, errors: 360 }, "critical", ["error rate 12.0 % over 10 %"]],
    ["p99 exactly 500 ms", { requests: 100, p99: 500 }, "healthy", []],
    ["p99 501 ms", { requests: 100, p99: 501 }, "degraded", ["p99 501 ms over 500 ms"]],
    ["p99 exactly 1000 ms", { requests: 100, p99: 1000 }, "degraded", ["p99 1,000 ms over 500 ms"]],
    ["p99 1020 ms", { requests: 100, p99: 1020 }, "critical", ["p99 1,020 ms over 1,000 ms"]],
    ["availability exactly 95 %", { checks: 100, failed_checks: 5 }, "healthy", []],
    ["availability 91.2 %", { checks: 1000, failed_checks: 88 }, "down", ["availability 91.2 % under 95 %"]],
    ["cpu 85 %", { cpu: 85 }, "healthy", []],
    ["cpu 91.3 %", { cpu: 91.3 }, "degraded", ["cpu 91.3 % over 85 %"]],
  ];
  it.each(rows)("%s", (_what, values, health, reasons) => {
    expect(assess(values)).toEqual({ health, reasons });
  });
});

it("gives all reasons, worst first", () => {
  const values = { requests: 1000, errors: 70, p99: 1500, checks: 100, failed_checks: 12 };
  expect(assess(values)).toEqual({
    health: "down",
    reasons: ["availability 88.0 % under 95 %", "error rate 7.0 % over 5 %", "p99 1,500 ms over 1,000 ms"],
  });
  expect(assess({ requests: 1000, errors: 70, p99: 1500 }).reasons).toEqual([
    "p99 1,500 ms over 1,000 ms",
    "error rate 7.0 % over 5 %",
  ]);
});

it("uses the limits of the entity", () => {
  const limits = {
    ...LIMITS,
    availability: { down: 99.5 },
    error_rate: { degraded: 0.07, critical: 0.1 },
    p99: { degraded: 100 },
  };
  expect(
    assess({ requests: 10_000, errors: 800, p99: 120, checks: 10_000, failed_checks: 100 }, { limits })
      .reasons,
  ).toEqual(["availability 99.0 % under 99.5 %", "error rate 8.0 % over 7 %", "p99 120 ms over 100 ms"]);
});

describe("thin evidence", () => {
  it("is degraded, not more, with a single failed request", () => {
    expect(assess({ requests: 1, errors: 1 })).toEqual({
      health: "degraded",
      reasons: ["error rate 100.0 % over 5 % (errors: 1)"],
    });
  });

  it("is critical once all of five requests have failed", () => {
    expect(assess({ requests: 4, errors: 4 }).health).toBe("degraded");
    expect(assess({ requests: 5, errors: 5 }).health).toBe("critical");
  });

  it("is no problem: a rate over the limit by chance", () => {
    expect(assess({ requests: 10, errors: 2 }).health).toBe("healthy");
    expect(assess({ requests: 150, errors: 12 }).health).toBe("healthy");
    expect(assess({ requests: 150, errors: 16 }).health).toBe("degraded");
  });

  it("is not down by failed requests without checks", () => {
    expect(assess({ requests: 2_000, errors: 140 }).health).toBe("degraded");
  });
});

describe("unknown", () => {
  const silent = (silentMs: number, given: Partial<EntityReading> = {}) =>
    assess({ requests: 10 }, { lastSeenAt: NOW - silentMs, ...given });

  it("is an entity that was never seen", () => {
    expect(assess({}, { lastSeenAt: undefined })).toEqual({ health: "unknown", reasons: ["no data yet"] });
  });

  it("is an entity without data for more than 5 s", () => {
    expect(silent(5_000).health).toBe("healthy");
    expect(silent(12_000)).toEqual({ health: "unknown", reasons: ["no data for 12s"] });
  });

  it("waits for three observations of a slow source", () => {
    expect(staleAfterMs({ staleAfterMs: undefined, cadenceMs: 10_000 })).toBe(30_000);
    expect(silent(30_000, { cadenceMs: 10_000 }).health).toBe("healthy");
    expect(silent(30_001, { cadenceMs: 10_000 }).health).toBe("unknown");
  });

  it("waits for an observation that may take long", () => {
    const slow = { cadenceMs: 1_000, timeoutMs: 30_000 };
    expect(staleAfterMs({ staleAfterMs: undefined, ...slow })).toBe(31_000);
    expect(silent(31_000, slow).health).toBe("healthy");
    expect(silent(31_001, slow).health).toBe("unknown");
  });

  it("is an entity of which only unanswered waits within the limits are known", () => {
    const waiting = { outstanding: 900, waits: 3, latencies: 3, p99: 300, requests: 0 };
    const never = { lifeSigns: [{ name: "heartbeat", lastSeenAt: undefined }] };
    expect(assess(waiting, never)).toEqual({
      health: "unknown",
      reasons: ["probe outstanding for 900ms, none answered yet"],
    });
    // Beyond a limit they are evidence of trouble.
    expect(assess({ ...waiting, outstanding: 4_000 }, never)).toEqual({
      health: "degraded",
      reasons: ["probe outstanding for 4s, none answered yet"],
    });
    expect(assess({ ...waiting, outstanding: 4_000 }).reasons).toEqual(["probe outstanding for 4s"]);
    expect(assess({ ...waiting, p99: 1_500 }, never).health).toBe("critical");
    // One answer is evidence of health.
    expect(assess({ ...waiting, requests: 1, latencies: 4 }, never).health).toBe("healthy");
  });

  it("uses stale_after if set", () => {
    expect(silent(1_001, { staleAfterMs: 1_000, cadenceMs: 10_000 }).health).toBe("unknown");
  });

  it("hides problems from before the silence", () => {
    expect(assess({ requests: 10, errors: 10 }, { lastSeenAt: NOW - 60_000 }).health).toBe("unknown");
  });

  it("is an entity with signs of life only, but a gauge is enough", () => {
    expect(assess({ cpu: 10 })).toEqual({ health: "healthy", reasons: [] });
    expect(assess({})).toEqual({
      health: "unknown",
      reasons: ["only signs of life, no values in 1m"],
    });
  });
});

it("walks a service through an outage and back", () => {
  const walk: [Values, silentMs: number, Health][] = [
    [{ requests: 1000, checks: 20 }, 0, "healthy"],
    [{ requests: 1000, errors: 10, checks: 20 }, 0, "healthy"],
    [{ requests: 1000, errors: 80, checks: 20 }, 0, "degraded"],
    [{ requests: 1000, errors: 300, checks: 20 }, 0, "critical"],
    [{ requests: 1000, errors: 500, checks: 20, failed_checks: 5 }, 0, "down"],
    [{ requests: 600, errors: 500, checks: 12, failed_checks: 5 }, 9_000, "unknown"],
    [{ requests: 800, errors: 200, checks: 20, failed_checks: 1 }, 0, "critical"],
    [{ requests: 1000, errors: 80, checks: 20, failed_checks: 1 }, 0, "degraded"],
    [{ requests: 1000, errors: 20, checks: 20 }, 0, "healthy"],
  ];
  const seen = walk.map(([values, silentMs]) => assess(values, { lastSeenAt: NOW - silentMs }).health);
  expect(seen).toEqual(walk.map(([, , health]) => health));
});

describe("a limit that must be crossed for several evaluations", () => {
  const busy = (cpu: number) => aReading({ kind: host }, { cpu });

  it("counts only consecutive ones", () => {
    const judge = new HealthJudge();
    const healths = [99, 99, 99, 99, 20, 99, 99, 99, 99, 99].map((cpu) => judge.assess(busy(cpu)).health);
    const expected = [...Array(9).fill("healthy"), "critical"];
    expect(healths).toEqual(expected);
  });

  it("counts the evaluations of each level separately", () => {
    const judge = new HealthJudge();
    const healths = [90, 90, 90, 99, 99, 99, 99, 99].map((cpu) => judge.assess(busy(cpu)).health);
    expect(healths).toEqual([...Array(4).fill("healthy"), ...Array(3).fill("degraded"), "critical"]);
  });
});

it("never gets better when a value gets worse", () => {
  const rank = ["healthy", "degraded", "critical", "down"];
  fc.assert(
    fc.property(
      fc.record({
        p99: fc.double({ min: 0, max: 5000, noNaN: true }),
        more: fc.double({ min: 0, max: 5000, noNaN: true }),
      }),
      fc.integer({ min: 0, max: 100 }),
      ({ p99, more }, errors) => {
        const values = { requests: 100, errors, p99 };
        const before = rank.indexOf(assess(values).health);
        expect(rank.indexOf(assess({ ...values, p99: p99 + more }).health)).toBeGreaterThanOrEqual(before);
      },
    ),
  );
});
