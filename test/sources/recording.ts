import type { Labels, Metric, MetricType } from "../../src/core/metric.ts";
import type { Recorder } from "../../src/core/observation.ts";
import {
  CHECKS,
  FAILED_CHECKS,
  FAILED_LATENCY,
  FAILED_PROBES,
  HEALTH_CHECK,
  LATENCY,
  OUTSTANDING,
  PROBES,
  WAITS,
} from "../../src/kinds/service-metrics.ts";
import { HEARTBEAT, PASSING_CHECK } from "../../src/kinds/service-recorder.ts";

export interface SeenRequest {
  readonly at: number;
  readonly latencyMs: number;
  ok: boolean;
  error: string | undefined;
  /** When it was recorded. */
  readonly recordedAt: number;
  /** Undefined if recorded without labels. */
  readonly labels: Labels | undefined;
}

export interface SeenCheck {
  readonly at: number;
  pass: boolean;
  reason: string | undefined;
}

/** One observation: its type and its values without times and without latencies, which are measured. */
export type Entry = readonly [
  observation: "request" | "wait" | "check" | "heartbeat" | "gauge" | "count",
  ...unknown[],
];

/** All recordings of one entity. */
export interface Recording {
  readonly recorder: Recorder;
  readonly requests: SeenRequest[];
  readonly checks: SeenCheck[];
  readonly heartbeats: number[];
  readonly gauges: { readonly at: number; readonly name: string; readonly value: number }[];
  /** The total increase of each counter, except those of checks. */
  readonly counters: Map<string, number>;
  /** The label sets that the latency was resolved with, one entry per call. */
  readonly labelSets: Labels[];
  /** The series that handles were resolved for, one entry per call. */
  readonly resolved: string[];
  /** All entries in order. */
  entries(): Entry[];
  /** The instants of all observations, ms since the epoch. */
  readonly times: number[];
  /** Resolves with the entries once `count` requests and the entries of the last one have been recorded. */
  afterRequests(count: number): Promise<Entry[]>;
}

/** These say again what other observations say: they are counted and kept, but are no entries. */
const IMPLIED: readonly string[] = [PROBES.name, FAILED_PROBES.name, OUTSTANDING.name, HEALTH_CHECK.name];

/** A fake Recorder for services that keeps every observation in memory. */
export function createRecording(now: () => number): Recording {
  const requests: SeenRequest[] = [];
  const checks: SeenCheck[] = [];
  const heartbeats: number[] = [];
  const gauges: { at: number; name: string; value: number }[] = [];
  const counters = new Map<string, number>();
  const labelSets: Labels[] = [];
  const resolved: string[] = [];
  const log: (() => Entry)[] = [];
  const times: number[] = [];
  let waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  /** The newest wait of a skipped probe, which is also recorded as a latency. */
  let wait: { readonly at: number; readonly ms: number } | undefined;
  /** Returns and clears the reason of the last recorded failure. */
  let setReason: (reason: string) => void = () => {};

  function add(at: number, entry: () => Entry): void {
    times.push(at);
    log.push(entry);
  }

  function resolve(metric: Metric, type: MetricType, labels: Labels | undefined): void {
    if (metric.type !== type) throw new TypeError(`${metric.name} is a ${metric.type}, not a ${type}`);
    resolved.push(labels === undefined ? metric.name : `${metric.name}${JSON.stringify(labels)}`);
  }

  function request(at: number, latencyMs: number, labels: Labels | undefined): void {
    if (wait !== undefined) {
      if (wait.at !== at || wait.ms !== latencyMs) throw new Error("a wait is not among the latencies");
      add(at, () => ["wait", latencyMs]);
      wait = undefined;
      return;
    }
    const seen: SeenRequest = { at, latencyMs, ok: true, error: undefined, recordedAt: now(), labels };
    requests.push(seen);
    add(at, () => ["request", seen.ok, seen.error, ...(labels === undefined ? [] : [labels])]);
    const due = waiting.filter(({ count }) => count <= requests.length);
    waiting = waiting.filter(({ count }) => count > requests.length);
    // The heartbeat and the check of a probe are recorded synchronously, before this runs.
    for (const { resolve } of due) queueMicrotask(resolve);
  }

  function failedRequest(at: number, latencyMs: number, labels: Labels | undefined): void {
    const last = requests.at(-1);
    if (last?.at !== at || last.latencyMs !== latencyMs || last.labels !== labels) {
      throw new Error("a failed request was recorded that is not among all requests");
    }
    last.ok = false;
    setReason = (reason) => {
      last.error = reason;
    };
  }

  function count(at: number, name: string, by: number): void {
    if (name === CHECKS.name) {
      const check: SeenCheck = { at, pass: true, reason: undefined };
      checks.push(check);
      add(at, () => ["check", check.pass, check.reason]);
    } else if (name === FAILED_CHECKS.name) {
      const check = checks.at(-1)!;
      check.pass = false;
      setReason = (reason) => {
        check.reason = reason;
      };
    } else {
      counters.set(name, (counters.get(name) ?? 0) + by);
      if (!IMPLIED.includes(name)) add(at, () => ["count", name, by]);
    }
  }

  const recorder: Recorder = {
    histogram(metric, labels) {
      resolve(metric, "histogram", labels);
      if (metric.name === LATENCY.name && labels !== undefined) labelSets.push(labels);
      const put = metric.name === FAILED_LATENCY.name ? failedRequest : request;
      return {
        record(at, value) {
          if (metric.name === WAITS.name) wait = { at, ms: value };
          else put(at, value, labels);
          return true;
        },
        recordBuckets: () => {
          throw new Error("no source of these tests records buckets");
        },
      };
    },
    counter(metric, labels) {
      resolve(metric, "counter", labels);
      return { add: (at, by) => count(at, metric.name, by) };
    },
    gauge(metric, labels) {
      resolve(metric, "gauge", labels);
      const { name } = metric;
      return {
        set(at, value) {
          gauges.push({ at, name, value });
          if (!IMPLIED.includes(name)) add(at, () => ["gauge", name, value]);
        },
      };
    },
    lifeSign(name) {
      if (name === HEARTBEAT) {
        const seen = (at: number) => {
          heartbeats.push(at);
          add(at, () => ["heartbeat"]);
        };
        return { seen, missed: () => {} };
      }
      const agrees = (pass: boolean) => () => {
        const shown = pass ? checks.at(-1)?.pass : !checks.at(-1)?.pass;
        if (name !== PASSING_CHECK || !shown) throw new Error(`the life sign "${name}" fits no check`);
      };
      return { seen: agrees(true), missed: agrees(false) };
    },
    failure: (_at, reason) => setReason(reason),
  };

  return {
    recorder,
    requests,
    checks,
    heartbeats,
    gauges,
    counters,
    labelSets,
    resolved,
    entries: () => log.map((entry) => entry()),
    times,
    async afterRequests(count) {
      if (requests.length < count) {
        await new Promise<void>((resolve) => waiting.push({ count, resolve }));
      }
      return log.map((entry) => entry());
    },
  };
}
