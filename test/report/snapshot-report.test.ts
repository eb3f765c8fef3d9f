import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/core/alert.ts";
import { snapshotReport } from "../../src/report/snapshot-report.ts";
import { AT, QUIET, snapshotOf } from "./snapshots.ts";

const alert = (id: number, startedAt: number): Alert => ({
  id,
  rule: "HIGH_LATENCY",
  service: "a",
  severity: "warning",
  state: "firing",
  message: `alert ${id}`,
  startedAt,
  firedAt: startedAt,
  resolvedAt: undefined,
});

describe("the report", () => {
  it("holds every agreed key, rounded so that equal runs give equal bytes", () => {
    const stats = {
      ...QUIET,
      requestCount: 3,
      errorCount: 1,
      requestRate: 0.2000001,
      errorRate: 1 / 3,
      availability: 200 / 3,
      p50: 10.004,
      p95: 20.006,
      p99: 1020.4567,
      mean: 12.3456,
    };
    const snapshot = snapshotOf({
      services: [
        {
          name: "a",
          health: "degraded",
          reasons: ["p99 1,020 ms over 500 ms"],
          stats,
          cpu: 12.345,
          memory: 40,
        },
        { name: "b" },
      ],
      alerts: [alert(1, AT - 1000)],
    });
    expect(snapshotReport(snapshot, 7)).toEqual({
      overall_health: "degraded",
      service_count: 2,
      alert_count: 1,
      services: [
        {
          name: "a",
          source: "simulated",
          health: "degraded",
          reasons: ["p99 1,020 ms over 500 ms"],
          window_ms: 15_000,
          request_count: 3,
          error_count: 1,
          error_rate: 0.333333,
          request_rate: 0.2,
          availability: 66.6667,
          p50_latency: 10,
          p95_latency: 20.01,
          p99_latency: 1020.46,
          mean_latency: 12.35,
          cpu: 12.35,
          memory: 40,
        },
        {
          name: "b",
          source: "simulated",
          health: "healthy",
          reasons: [],
          window_ms: 15_000,
          request_count: 0,
          error_count: 0,
          error_rate: 0,
          request_rate: 0,
          availability: null,
          p50_latency: 0,
          p95_latency: 0,
          p99_latency: 0,
          mean_latency: 0,
          cpu: null,
          memory: null,
        },
      ],
      alerts: [
        {
          service: "a",
          severity: "warning",
          rule: "HIGH_LATENCY",
          state: "firing",
          message: "alert 1",
          started_at: "2026-01-01T00:00:29.000Z",
        },
      ],
      summary: { healthy: 1, degraded: 1, critical: 0, down: 0, unknown: 0 },
      at: "2026-01-01T00:00:30.000Z",
      ticks: 60,
      tick_ms: 500,
      window_ms: 15_000,
      seed: 7,
    });
  });

  it("lists the newest 20 alerts and counts them all", () => {
    // Two begin at each instant; of those the one with the higher number is newer.
    const alerts = Array.from({ length: 25 }, (_, id) => alert(id, AT - 60_000 + 1000 * Math.floor(id / 2)));
    const report = snapshotReport(snapshotOf({ services: [{ name: "a" }], alerts }), 1);
    expect(report.alert_count).toBe(25);
    const newest = Array.from({ length: 20 }, (_, index) => `alert ${24 - index}`);
    expect(report.alerts.map(({ message }) => message)).toEqual(newest);
  });
});
