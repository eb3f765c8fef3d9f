import type { Metric } from "../core/metric.ts";

/** A latency above a day is a measurement error. */
const MAX_LATENCY_MS = 86_400_000;
/** All requests, successful and failed. */
export const LATENCY = {
  name: "request_latency",
  type: "histogram",
  unit: "ms",
  description: "time from the start of a request to its end",
  max: MAX_LATENCY_MS,
  fleet: true,
} as const satisfies Metric;

/** The failed requests. */
export const FAILED_LATENCY = {
  name: "failed_request_latency",
  type: "histogram",
  unit: "ms",
  description: "time from the start of a failed request to its end",
  max: MAX_LATENCY_MS,
} as const satisfies Metric;

export const CHECKS = {
  name: "checks",
  type: "counter",
  unit: "count",
  description: "health checks",
} as const satisfies Metric;

export const FAILED_CHECKS = {
  name: "failed_checks",
  type: "counter",
  unit: "count",
  description: "health checks that failed",
} as const satisfies Metric;

/** Part of LATENCY: what was recorded in place of probes that were due while another was outstanding. */
export const WAITS = {
  name: "waits",
  type: "histogram",
  unit: "ms",
  description: "how long a probe had been outstanding when the next one was due",
  max: MAX_LATENCY_MS,
  fleet: true,
} as const satisfies Metric;

export const OUTSTANDING = {
  name: "outstanding",
  type: "gauge",
  unit: "ms",
  description: "how long the running probe has been waiting for its answer; 0 when none is running",
  min: 0,
} as const satisfies Metric;

export const PROBES = {
  name: "probes",
  type: "counter",
  unit: "count",
  description: "probes that ended",
} as const satisfies Metric;

export const FAILED_PROBES = {
  name: "failed_probes",
  type: "counter",
  unit: "count",
  description: "probes that failed",
} as const satisfies Metric;

/** The verdict of the health check of a probed service: 1 up, 0 down. */
export const HEALTH_CHECK = {
  name: "health_check",
  type: "gauge",
  unit: "none",
  description: "the verdict of the health check: down after failure_threshold consecutive failed probes",
  min: 0,
  max: 1,
} as const satisfies Metric;

export const CPU = {
  name: "cpu",
  type: "gauge",
  unit: "percent",
  description: "processor use",
  min: 0,
} as const satisfies Metric;

export const MEMORY = {
  name: "memory",
  type: "gauge",
  unit: "percent",
  description: "memory use",
  min: 0,
} as const satisfies Metric;

export const IN_FLIGHT = {
  name: "in_flight",
  type: "gauge",
  unit: "count",
  description: "requests without a response so far",
  min: 0,
} as const satisfies Metric;

export const OLDEST_REQUEST = {
  name: "oldest_request",
  type: "gauge",
  unit: "ms",
  description: "age of the oldest request without a response",
  min: 0,
} as const satisfies Metric;

export const ARRIVALS = {
  name: "arrivals",
  type: "counter",
  unit: "count",
  description: "requests that arrived, with or without a response",
} as const satisfies Metric;

export const RETRIES = {
  name: "retries",
  type: "counter",
  unit: "count",
  description: "retried calls to other services",
} as const satisfies Metric;

export const TIMEOUTS = {
  name: "timeouts",
  type: "counter",
  unit: "count",
  description: "calls to other services that timed out",
} as const satisfies Metric;

export const RESTARTS = {
  name: "restarts",
  type: "counter",
  unit: "count",
  description: "restarts after the process was killed",
} as const satisfies Metric;
