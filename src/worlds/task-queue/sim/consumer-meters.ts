import type { CounterHandle, HistogramHandle, LifeSign, Recorder } from "../../../core/observation.ts";
import * as m from "../kinds/metrics.ts";
import { Gauges, HEARTBEAT } from "./meters.ts";

/** The handles of one consumer. Resolved once; recording allocates nothing. */
export class ConsumerMeters {
  readonly gauges: Gauges;
  readonly heartbeat: LifeSign;
  readonly recorder: Recorder;
  readonly #processed: CounterHandle;
  readonly #failed: CounterHandle;
  readonly #receivedAgain: CounterHandle;
  readonly #lost: CounterHandle;
  readonly #duplicates: CounterHandle;
  readonly #processing: HistogramHandle;

  constructor(recorder: Recorder) {
    this.recorder = recorder;
    this.gauges = new Gauges(recorder);
    this.heartbeat = recorder.lifeSign(HEARTBEAT);
    this.#processed = recorder.counter(m.PROCESSED);
    this.#failed = recorder.counter(m.FAILED);
    this.#receivedAgain = recorder.counter(m.RECEIVED_AGAIN);
    this.#lost = recorder.counter(m.LOST);
    this.#duplicates = recorder.counter(m.DUPLICATES);
    this.#processing = recorder.histogram(m.PROCESSING_TIME);
  }

  /** @param at ms since the epoch @param tookMs processing time */
  finished(at: number, tookMs: number, succeeded: boolean): void {
    this.#processing.record(at, tookMs);
    (succeeded ? this.#processed : this.#failed).add(at, 1);
  }

  receivedAgain(at: number): void {
    this.#receivedAgain.add(at, 1);
  }

  lost(at: number): void {
    this.#lost.add(at, 1);
  }

  duplicate(at: number): void {
    this.#duplicates.add(at, 1);
  }

  /** Records that the counters are known even where nothing happened: their rates are 0, not unknown. */
  idle(at: number): void {
    this.#processed.add(at, 0);
    this.#failed.add(at, 0);
    this.#receivedAgain.add(at, 0);
    this.#lost.add(at, 0);
    this.#duplicates.add(at, 0);
  }
}
