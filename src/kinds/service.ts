import type { EntityKind } from "../core/entity.ts";
import type { Measure, Percentile } from "../core/measure.ts";
import type { Metric } from "../core/metric.ts";
import {
  ARRIVALS,
  CHECKS,
  CPU,
  FAILED_CHECKS,
  FAILED_LATENCY,
  FAILED_PROBES,
  HEALTH_CHECK,
  IN_FLIGHT,
  LATENCY,
  MEMORY,
  OLDEST_REQUEST,
  OUTSTANDING,
  PROBES,
  RESTARTS,
  RETRIES,
  TIMEOUTS,
  WAITS,
} from "./service-metrics.ts";

/** A rise is measured against at least this much: 2 ms -> 7 ms is no trouble. */
const LEAST_USUAL_MS = 50;

const requests = { metric: LATENCY.name, stat: "count", less: WAITS.name } as const;
const errors = { metric: FAILED_LATENCY.name, stat: "count" } as const;

/** Latencies include the waits of skipped probes. */
const OF_LATENCIES = { samples: "latencies", lowerBounds: "waits" } as const;

function percentile(id: Percentile, rest: Partial<Measure> = {}): Measure {
  return {
    id,
    title: id,
    unit: "ms",
    description: `${id.slice(1)} % of the requests took no longer than this`,
    worse: "up",
    read: { type: "statistic", metric: LATENCY.name, stat: id },
    ...OF_LATENCIES,
    axisAtLeast: 100,
    ...rest,
  };
}

function latency(id: "mean" | "max", title: string, description: string): Measure {
  const read = { type: "statistic", metric: LATENCY.name, stat: id } as const;
  return { id: `${id}_latency`, title, unit: "ms", description, worse: "up", read, ...OF_LATENCIES };
}

function perSecond({ name, description }: Metric): Measure {
  const read = { type: "statistic", metric: name, stat: "rate" } as const;
  return { id: name, title: name, unit: "per_second", description, worse: "up", read, axisAtLeast: 1 };
}

/** What CPU and memory measures have in common. */
export function percentGauge(metric: Metric, rest: Partial<Measure> = {}): Measure {
  const { name, description } = metric;
  const read = { type: "statistic", metric: name, stat: "last" } as const;
  return {
    id: name,
    title: name,
    unit: "percent",
    description,
    worse: "up",
    read,
    top: 100,
    axisAtLeast: 20,
    ...rest,
  };
}

/** Short CPU peaks are normal: only a longer time above the limit counts. */
export const CPU_MEASURE = percentGauge(CPU, {
  limits: { degraded: 85, critical: 95 },
  sustained: 5,
  alert: "HIGH_CPU",
});

/** Above these limits a process is soon killed or slowed down by its memory. */
export const MEMORY_MEASURE = percentGauge(MEMORY, {
  limits: { degraded: 85, critical: 95 },
  sustained: 3,
  alert: "HIGH_MEMORY",
});

/** A service that handles requests: simulated or probed over HTTP. */
export const service: EntityKind = {
  kind: "service",
  title: "services",
  description: "serves requests, with latencies, errors and health checks",
  metrics: [
    LATENCY,
    FAILED_LATENCY,
    CHECKS,
    FAILED_CHECKS,
    CPU,
    MEMORY,
    IN_FLIGHT,
    OLDEST_REQUEST,
    ARRIVALS,
    RETRIES,
    TIMEOUTS,
    RESTARTS,
    WAITS,
    OUTSTANDING,
    PROBES,
    FAILED_PROBES,
    HEALTH_CHECK,
  ],
  measures: [
    {
      id: "availability",
      title: "availability",
      unit: "percent",
      description: "the lowest of successful probes, passed health checks and successful requests",
      worse: "down",
      scale: 100,
      read: {
        type: "lowest",
        reads: [
          {
            type: "ratio",
            complement: true,
            of: { metric: FAILED_PROBES.name, stat: "count" },
            to: { metric: PROBES.name, stat: "count" },
          },
          {
            type: "ratio",
            complement: true,
            of: { metric: FAILED_CHECKS.name, stat: "count" },
            to: { metric: CHECKS.name, stat: "count" },
          },
          { type: "ratio", complement: true, of: errors, to: requests },
        ],
      },
      limits: { down: 95 },
      alert: "SERVICE_DOWN",
      // Failed requests alone are not down: that limit is the error rate's. 6 % of errors are degraded.
      proportion: { of: "failed_checks", to: "checks" },
      decimals: 1,
      top: 100,
    },
    {
      id: "health_check",
      title: "health check",
      unit: "none",
      description: HEALTH_CHECK.description,
      worse: "down",
      read: { type: "statistic", metric: HEALTH_CHECK.name, stat: "last" },
      optional: true,
      top: 1,
      states: ["down", "up"],
    },
    {
      id: "error_rate",
      title: "error rate",
      unit: "ratio",
      description: "failed requests / requests",
      worse: "up",
      read: { type: "ratio", of: errors, to: requests },
      limits: { degraded: 0.05, critical: 0.1 },
      proportion: { of: "errors", to: "requests" },
      samples: "requests",
      minSamples: 5,
      alert: "HIGH_ERROR_RATE",
      axisAtLeast: 0.1,
      top: 1,
    },
    percentile("p99", { limits: { degraded: 500, critical: 1000 }, minSamples: 5, alert: "HIGH_LATENCY" }),
    {
      id: "outstanding",
      title: "outstanding",
      unit: "ms",
      description: OUTSTANDING.description,
      worse: "up",
      read: { type: "statistic", metric: OUTSTANDING.name, stat: "last" },
      limits: { degraded: 1_000, critical: 5_000 },
      optional: true,
      oneSided: true,
      waiting: "probe outstanding",
    },
    {
      id: "waits",
      title: "skipped probes",
      unit: "count",
      description: "probes not sent because one was outstanding; the latencies include its wait so far",
      worse: "up",
      read: { type: "statistic", metric: WAITS.name, stat: "count" },
      optional: true,
      oneSided: true,
    },
    {
      id: "request_rate",
      title: "requests",
      unit: "per_second",
      description: "requests per second",
      worse: "none",
      read: { type: "statistic", ...requests, stat: "rate" },
      samples: "requests",
      axisAtLeast: 1,
    },
    {
      id: "p99_rise",
      title: "p99 / usual",
      unit: "factor",
      description: "p99 / its usual value, or / 50 ms where that is lower",
      worse: "up",
      read: { type: "relative", measure: "p99", usual: "p99_usual", floor: LEAST_USUAL_MS },
      limits: { degraded: 3 },
      ...OF_LATENCIES,
      minSamples: 5,
      alert: "LATENCY_RISE",
      axisAtLeast: 3,
      decimals: 1,
    },
    percentile("p50"),
    CPU_MEASURE,
    MEMORY_MEASURE,
    percentile("p95"),
    {
      id: "p99_usual",
      title: "usual p99",
      unit: "ms",
      description:
        "median of the p99 of the last 10 minutes, without the time in which the service had a problem",
      worse: "none",
      read: { type: "usual", measure: "p99" },
      axisAtLeast: 100,
    },
    {
      id: "requests",
      title: "requests",
      unit: "count",
      description: "requests in the window",
      worse: "none",
      read: { type: "statistic", ...requests },
    },
    {
      id: "within",
      title: "within limit",
      unit: "ratio",
      description: "requests that succeeded within the p99 limit / requests",
      worse: "down",
      read: {
        type: "within",
        metric: LATENCY.name,
        except: [FAILED_LATENCY.name, WAITS.name],
        limitOf: "p99",
      },
      samples: "requests",
      onDemand: true,
      top: 1,
    },
    {
      id: "errors",
      title: "errors",
      unit: "count",
      description: "failed requests in the window",
      worse: "up",
      read: { type: "statistic", ...errors },
    },
    latency("max", "slowest", "the slowest request"),
    latency("mean", "mean", "mean latency"),
    percentile("p99.9"),
    percentile("p90"),
    {
      id: "checks",
      title: "checks",
      unit: "count",
      description: "health checks in the window",
      worse: "none",
      read: { type: "statistic", metric: CHECKS.name, stat: "count" },
      hidden: true,
    },
    {
      id: "failed_checks",
      title: "failed checks",
      unit: "count",
      description: "failed health checks in the window",
      worse: "up",
      read: { type: "statistic", metric: FAILED_CHECKS.name, stat: "count" },
      hidden: true,
    },
    {
      id: "latencies",
      title: "latencies",
      unit: "count",
      description: "requests and skipped probes in the window",
      worse: "none",
      read: { type: "statistic", metric: LATENCY.name, stat: "count" },
      oneSided: true,
      hidden: true,
    },
    {
      id: OLDEST_REQUEST.name,
      title: "oldest request",
      unit: "ms",
      description: OLDEST_REQUEST.description,
      worse: "up",
      read: { type: "statistic", metric: OLDEST_REQUEST.name, stat: "last" },
      // Percentiles count ended requests: this is the only measure that shows those that never end.
      limits: { degraded: 2000, critical: 5000 },
      sustained: 2,
      alert: "STUCK_REQUESTS",
      axisAtLeast: 100,
    },
    {
      id: IN_FLIGHT.name,
      title: "in flight",
      unit: "count",
      description: IN_FLIGHT.description,
      worse: "up",
      read: { type: "statistic", metric: IN_FLIGHT.name, stat: "last" },
      axisAtLeast: 10,
    },
    perSecond(ARRIVALS),
    perSecond(RETRIES),
    perSecond(TIMEOUTS),
    perSecond(RESTARTS),
  ],
  columns: [
    { measure: "request_rate", heading: "req/s", width: 7, priority: 3 },
    { measure: "error_rate", heading: "err%", width: 5, priority: 1 },
    { measure: "p50", heading: "p50", width: 6, priority: 8 },
    { measure: "p95", heading: "p95", width: 6, priority: 5 },
    { measure: "p99", heading: "p99 ms", width: 7, priority: 2 },
    { measure: "availability", heading: "avail%", width: 6, priority: 4 },
    { measure: "cpu", heading: "cpu", width: 4, priority: 6 },
    { measure: "memory", heading: "mem", width: 4, priority: 7 },
  ],
  headline: "p99",
  failures: "errors",
  bars: ["error_rate", "request_rate"],
  compared: ["p99", "error_rate", "request_rate"],
};
