import type { CounterHandle, Recorder } from "../../core/observation.ts";
import { RESTARTS, RETRIES, TIMEOUTS } from "../../kinds/service-metrics.ts";

/** The increase of counters since a service last recorded them. */
export class Growth {
  retries = 0;
  timeouts = 0;
  restarts = 0;

  readonly #recorder: Recorder;
  #retries: CounterHandle | undefined;
  #timeouts: CounterHandle | undefined;
  #restarts: CounterHandle | undefined;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /**
   * Records the counters and starts again from 0.
   * @param at ms since the epoch
   * @param calls whether the service calls others: its call counters are then recorded even without an
   * increase, so that they report 0
   */
  record(at: number, calls: boolean): void {
    if (calls) {
      this.#retries ??= this.#recorder.counter(RETRIES);
      this.#timeouts ??= this.#recorder.counter(TIMEOUTS);
      this.#retries.add(at, this.retries);
      this.#timeouts.add(at, this.timeouts);
    }
    if (this.restarts > 0) {
      this.#restarts ??= this.#recorder.counter(RESTARTS);
      this.#restarts.add(at, this.restarts);
    }
    this.retries = 0;
    this.timeouts = 0;
    this.restarts = 0;
  }
}
