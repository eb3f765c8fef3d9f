import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EntityKind } from "../../src/core/entity.ts";
import type { Measure } from "../../src/core/measure.ts";
import { type ReportedConfig, snapshotReport } from "../../src/report/snapshot-report.ts";
import { anAlert } from "../alerts/alerts.ts";
import { AT, snapshotOf } from "./snapshots.ts";

const alert = (id: number, startedAt: number) =>
  anAlert({ id, entity: "a", message: `alert ${id}`, startedAt });

function kindOf(kind: string, measures: readonly (Partial<Measure> & { readonly id: string })[]): EntityKind {
  const read = { type: "statistic", metric: "m", stat: "last" } as const;
  return {
    kind,
    title: `${kind}s`,
    description: kind,
    metrics: [],
    measures: measures.map((measure) => ({
      title: measure.id,
      unit: "none",
      description: "",
      worse: "up",
      read,
      ...measure,
    })),
    columns: [],
    headline: measures[0]!.id,
    bars: [],
    compared: [],
  };
}

const kinds = new Map(
  [
    kindOf("service", [{ id: "p99" }, { id: "requests" }, { id: "share", onDemand: true }]),
    kindOf("queue", [{ id: "depth" }, { id: "age" }]),
    kindOf("host", [{ id: "cpu" }]),
  ].map((kind) => [kind.kind, kind]),
);

const config: ReportedConfig = {
  seed: 7,
  origins: [
    { name: "simulated", type: "source" },
    { name: "host", type: "source" },
    { name: "jobs", type: "world" },
  ],
};

const unknown = () => Number.NaN;
const report = (
  parts: Parameters<typeof snapshotOf>[0],
  fleet: Parameters<typeof snapshotReport>[3] = unknown,
) => snapshotReport(snapshotOf(parts), config, kinds, fleet);

describe("the report", () => {
  it("contains all documented keys, rounded so that equal runs give equal bytes", () => {
    const values = {
      requests: 3,
      errors: 1,
      request_rate: 0.2000001,
      error_rate: 1 / 3,
      availability: 200 / 3,
      p50: 10.004,
      p95: 20.006,
      p99: 1020.4567,
      mean_latency: 12.3456,
      cpu: 12.345,
      memory: 40,
    };
    const reasons = ["p99 1,020 ms over 500 ms"];
    const unknown = { requests: 0, errors: 0, p99: Number.NaN, error_rate: Number.NaN, cpu: Number.NaN };
    const parts = {
      entities: [
        { name: "a", health: "degraded" as const, reasons, values },
        { name: "b", values: unknown },
      ],
      alerts: [alert(1, AT - 1000)],
    };
    expect(report(parts)).toEqual({
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
      totals: {
        request_count: 3,
        error_count: 1,
        error_rate: 0.333333,
        request_rate: 0.2,
        p50_latency: null,
        p95_latency: null,
        p99_latency: null,
      },
      at: "2026-01-01T00:00:30.000Z",
      ticks: 60,
      tick_ms: 500,
      window_ms: 15_000,
      seed: 7,
      log_events: { debug: 1, info: 2, warn: 3, error: 4 },
      entities: [
        {
          name: "a",
          kind: "service",
          world: "simulated",
          health: "degraded",
          reasons,
          measures: { p99: 1020.46, requests: 3 },
        },
        {
          name: "b",
          kind: "service",
          world: "simulated",
          health: "healthy",
          reasons: [],
          measures: { p99: null, requests: 0 },
        },
      ],
    });
  });

  it("lists all entities, and under services those of `services` and of the kind service", () => {
    const { services, service_count, entities, overall_health, summary } = report({
      entities: [
        { name: "a" },
        { name: "h", kind: "host", origin: "host", values: { cpu: 12.3456789 } },
        { name: "s", origin: "jobs" },
        {
          name: "q",
          kind: "queue",
          origin: "jobs",
          health: "critical",
          values: { depth: 1e6, age: 0.001234567 },
        },
      ],
    });
    expect(services.map(({ name, source }) => `${name} ${source}`)).toEqual([
      "a simulated",
      "h host",
      "s jobs",
    ]);
    expect(services[1]).toMatchObject({ cpu: 12.35, memory: null, request_count: 0, availability: null });
    expect(service_count).toBe(3);
    expect(entities.map(({ name, kind, world }) => `${name} ${kind} ${world}`)).toEqual([
      "a service simulated",
      "h host host",
      "s service jobs",
      "q queue jobs",
    ]);
    expect(entities[3]?.measures).toEqual({ depth: 1_000_000, age: 0.00123457 });
    expect(overall_health).toBe("critical");
    expect(summary).toMatchObject({ healthy: 3, critical: 1 });
  });

  it("keeps the order of the measures and six significant digits, and is valid JSON", () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), (depth, age) => {
        const entity = { name: "q", kind: "queue", origin: "jobs", values: { age, depth } };
        const { measures } = report({ entities: [entity] }).entities[0]!;
        expect(Object.keys(measures)).toEqual(["depth", "age"]);
        for (const [id, value] of Object.entries({ depth, age })) {
          const reported = measures[id]!;
          if (Number.isFinite(value))
            expect(Math.abs(reported - value)).toBeLessThanOrEqual(5e-6 * Math.abs(value));
          else expect(reported).toBeNull();
        }
        expect(JSON.stringify(JSON.parse(JSON.stringify(measures)))).toBe(JSON.stringify(measures));
      }),
    );
  });

  it("lists the newest 20 alerts and counts them all", () => {
    // Two start at each instant; the one with the higher number is newer.
    const alerts = Array.from({ length: 25 }, (_, id) => alert(id, AT - 60_000 + 1000 * Math.floor(id / 2)));
    const { alert_count, alerts: listed } = report({ entities: [{ name: "a" }], alerts });
    expect(alert_count).toBe(25);
    const newest = Array.from({ length: 20 }, (_, index) => `alert ${24 - index}`);
    expect(listed.map(({ message }) => message)).toEqual(newest);
  });

  it("has the sums of all services, also of those that know nothing, and the percentiles of the fleet", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            requests: fc.nat(1e6),
            share: fc.double({ min: 0, max: 1, noNaN: true }),
            silent: fc.boolean(),
          }),
        ),
        (services) => {
          const counted = services.map(({ requests, share }) => ({
            requests,
            errors: Math.floor(requests * share),
            request_rate: requests / 15,
          }));
          const entities = counted.map((values, nth) => ({
            name: `svc-${nth}`,
            values: services[nth]!.silent ? { requests: Number.NaN } : values,
          }));
          const seen = counted.filter((_, nth) => !services[nth]!.silent);
          const queue = { name: "jobs", kind: "queue", origin: "jobs", values: { requests: 1e9 } };
          const { totals } = report({ entities: [...entities, queue] }, (id) =>
            id === "p50" ? Number.NaN : 12.345,
          );
          const requests = seen.reduce((sum, one) => sum + one.requests, 0);
          const errors = seen.reduce((sum, one) => sum + one.errors, 0);
          expect([totals.request_count, totals.error_count]).toEqual([requests, errors]);
          expect(totals.error_rate).toBeCloseTo(requests === 0 ? 0 : errors / requests, 6);
          expect(totals.request_rate).toBeCloseTo(requests / 15, 2);
          expect([totals.p50_latency, totals.p99_latency]).toEqual([null, 12.35]);
        },
      ),
    );
  });
});
