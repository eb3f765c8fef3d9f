import type { CounterHandle, HistogramHandle, LifeSign, Recorder } from "../../../core/observation.ts";
import * as m from "../kinds/metrics.ts";
import { Gauges, HEARTBEAT } from "./meters.ts";

/** The handles of one consumer, resolved once. Recording does not allocate. */
export class ConsumerMeters {
  readonly gauges: Gauges;
  readonly heartbeat: LifeSign;
  readonly recorder: Recorder;
  readonly #processed: CounterHandle;
  readonly #allProcessed: CounterHandle;
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
    this.#allProcessed = recorder.counter(m.ALL_PROCESSED);
    this.#failed = recorder.counter(m.FAILED);
    this.#receivedAgain = recorder.counter(m.RECEIVED_AGAIN);
    this.#lost = recorder.counter(m.LOST);
    this.#duplicates = recorder.counter(m.DUPLICATES);
    this.#processing = recorder.histogram(m.PROCESSING_TIME);
  }

  /** @param at ms since the epoch @param tookMs processing time */
  finished(at: number, tookMs: number, succeeded: boolean): void {
    this.#processing.record(at, tookMs);
    if (!succeeded) this.#failed.add(at, 1);
  }

  /**
   * Both counts are recorded at the same instant, so that their ratio is never above 1.
   * @param own messages it processed since the last call @param all those of all consumers of its queue
   */
  processed(at: number, own: number, all: number): void {
    this.#processed.add(at, own);
    this.#allProcessed.add(at, all);
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

  /** Records an increase of 0 for all counters, so that their rates are 0 instead of unknown. */
  idle(at: number): void {
    this.#failed.add(at, 0);
    this.#receivedAgain.add(at, 0);
    this.#lost.add(at, 0);
    this.#duplicates.add(at, 0);
  }
}
