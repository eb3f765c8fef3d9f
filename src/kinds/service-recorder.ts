import type { Labels } from "../core/metric.ts";
import type { CounterHandle, GaugeHandle, HistogramHandle, LifeSign, Recorder } from "../core/observation.ts";
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
  WAITS,
} from "./service-metrics.ts";

/** The signs of life of a service. */
export const HEARTBEAT = "heartbeat";
export const PASSING_CHECK = "passing health check";

/** From this age on, ms, a request without a response is recorded. */
const NOTABLE_AGE_MS = 1000;

/** Records the requests of a service, or of one of its label sets. Allocates nothing per request. */
export interface RequestRecorder {
  /** A request that ended at `at` (ms since the epoch) after `latencyMs`; `error` says why it failed. */
  request(at: number, latencyMs: number, ok: boolean, error?: string): void;
}

class RequestSeries implements RequestRecorder {
  readonly recorder: Recorder;
  readonly #labels: Labels | undefined;
  protected readonly latency: HistogramHandle;
  #failed: HistogramHandle | undefined;

  constructor(recorder: Recorder, labels?: Labels) {
    this.recorder = recorder;
    this.#labels = labels;
    this.latency = recorder.histogram(LATENCY, labels);
    // A service without failures reports zero. Label sets get the series with their first failure, because
    // most have none.
    if (labels === undefined) this.#failed = recorder.histogram(FAILED_LATENCY);
  }

  request(at: number, latencyMs: number, ok: boolean, error = "request failed"): void {
    if (!this.latency.record(at, latencyMs) || ok) return;
    this.#failed ??= this.recorder.histogram(FAILED_LATENCY, this.#labels);
    this.#failed.record(at, latencyMs);
    this.recorder.failure(at, error);
  }
}

/**
 * Records the observations of a service: a typed wrapper of a Recorder. Handles of checks and gauges are
 * resolved on first use, because not every source has them.
 */
export class ServiceRecorder extends RequestSeries {
  readonly #heartbeat: LifeSign;
  readonly #passing: LifeSign;
  #checks: CounterHandle | undefined;
  #failedChecks: CounterHandle | undefined;
  #cpu: GaugeHandle | undefined;
  #memory: GaugeHandle | undefined;
  #inFlight: GaugeHandle | undefined;
  #oldest: GaugeHandle | undefined;
  #arrivals: CounterHandle | undefined;

  constructor(recorder: Recorder) {
    super(recorder);
    this.#heartbeat = recorder.lifeSign(HEARTBEAT);
    this.#passing = recorder.lifeSign(PASSING_CHECK);
  }

  /** The requests with these labels; they also count for the service. Resolve once and keep it. */
  labelled(labels: Labels): RequestRecorder {
    return new RequestSeries(this.recorder, labels);
  }

  /** A health check and its result; `reason` says why it failed. */
  check(at: number, pass: boolean, reason = "check failed"): void {
    this.#checks ??= this.recorder.counter(CHECKS);
    this.#failedChecks ??= this.recorder.counter(FAILED_CHECKS);
    this.#checks.add(at, 1);
    if (pass) {
      this.#passing.seen(at);
      return;
    }
    this.#failedChecks.add(at, 1);
    this.#passing.missed(at);
    this.recorder.failure(at, reason);
  }

  heartbeat(at: number): void {
    this.#heartbeat.seen(at);
  }

  /** A heartbeat was asked for and did not come: from now on one is expected. */
  noHeartbeat(at: number): void {
    this.#heartbeat.missed(at);
  }

  /**
   * What is known of requests without a response: their number, the age of the oldest, ms (0 without any), and
   * the requests that arrived since the last call. Recorded from the first time on that one is notably old:
   * most services never have such a request, and these series would be a third of their memory.
   */
  inFlight(at: number, requests: number, oldestMs: number, arrived: number): void {
    if (this.#oldest === undefined && oldestMs < NOTABLE_AGE_MS) return;
    this.#inFlight ??= this.recorder.gauge(IN_FLIGHT);
    this.#oldest ??= this.recorder.gauge(OLDEST_REQUEST);
    this.#arrivals ??= this.recorder.counter(ARRIVALS);
    this.#inFlight.set(at, requests);
    this.#oldest.set(at, oldestMs);
    this.#arrivals.add(at, arrived);
  }

  /** Percent. */
  cpu(at: number, percent: number): void {
    this.#cpu ??= this.recorder.gauge(CPU);
    this.#cpu.set(at, percent);
  }

  /** Percent. */
  memory(at: number, percent: number): void {
    this.#memory ??= this.recorder.gauge(MEMORY);
    this.#memory.set(at, percent);
  }
}

/** Records the observations of a service that is probed. */
export class ProbeRecorder extends ServiceRecorder {
  readonly #waits: HistogramHandle;
  readonly #outstanding: GaugeHandle;
  readonly #probes: CounterHandle;
  readonly #failedProbes: CounterHandle;
  readonly #verdict: GaugeHandle;

  constructor(recorder: Recorder) {
    super(recorder);
    this.#waits = recorder.histogram(WAITS);
    this.#outstanding = recorder.gauge(OUTSTANDING);
    this.#probes = recorder.counter(PROBES);
    this.#failedProbes = recorder.counter(FAILED_PROBES);
    this.#verdict = recorder.gauge(HEALTH_CHECK);
  }

  /** A probe that ended at `at` after `latencyMs`; `failure` says why it failed. It counts as a request. */
  probe(at: number, latencyMs: number, failure: string | undefined): void {
    this.#probes.add(at, 1);
    this.#failedProbes.add(at, failure === undefined ? 0 : 1);
    this.request(at, latencyMs, failure === undefined, failure);
  }

  /**
   * A probe was due at `at` and was not sent, because one had been outstanding for `waitMs`. A client that
   * asked now would wait too, so the wait so far is recorded as a latency: otherwise a service that stalls
   * would have only fast answers and one slow one (coordinated omission, see Gil Tene, "How NOT to Measure
   * Latency", 2013). HdrHistogram adds such values after the fact (`recordValueWithExpectedInterval`).
   */
  skipped(at: number, waitMs: number): void {
    this.#waits.record(at, waitMs);
    this.latency.record(at, waitMs);
  }

  /** How long the running probe has been waiting, ms; 0: none is running. */
  outstanding(at: number, ms: number): void {
    this.#outstanding.set(at, ms);
  }

  /** The verdict of the health check as it is at `at`. */
  verdict(at: number, isUp: boolean): void {
    this.#verdict.set(at, isUp ? 1 : 0);
  }
}
