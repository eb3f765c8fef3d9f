import type { RequestRecorder } from "../../kinds/service-recorder.ts";

/**
 * Requests in flight and their end times; each is recorded when it ends. An unsorted array instead of a
 * heap: every step reads all requests anyway, and plain arrays do not allocate.
 */
export class Completions {
  readonly #ends: number[] = [];
  readonly #latencies: number[] = [];
  readonly #errors: (string | undefined)[] = [];
  readonly #recorders: RequestRecorder[] = [];

  /** Requests in flight. */
  get size(): number {
    return this.#ends.length;
  }

  /** Adds a request that `recorder` records at its end (ms since the epoch), with its latency and error. */
  add(end: number, latencyMs: number, error: string | undefined, recorder: RequestRecorder): void {
    this.#ends.push(end);
    this.#latencies.push(latencyMs);
    this.#errors.push(error);
    this.#recorders.push(recorder);
  }

  /**
   * Records the requests that ended by `now`; drops those that ended before `oldest`. Both in ms since the
   * epoch.
   */
  emit(now: number, oldest: number): void {
    let kept = 0;
    for (let index = 0; index < this.#ends.length; index += 1) {
      const end = this.#ends[index]!;
      if (end > now) {
        this.#move(index, kept);
        kept += 1;
      } else if (end >= oldest) {
        const error = this.#errors[index];
        this.#recorders[index]!.request(end, this.#latencies[index]!, error === undefined, error);
      }
    }
    this.#truncate(kept);
  }

  /** The process was killed: all requests in flight fail at `now` (ms since the epoch). */
  abort(now: number, error: string): void {
    for (let index = 0; index < this.#ends.length; index += 1) {
      // A request that would start after `now` was simulated ahead of time and does not happen.
      const elapsed = this.#latencies[index]! - (this.#ends[index]! - now);
      if (elapsed >= 1) this.#recorders[index]!.request(now, elapsed, false, error);
    }
    this.clear();
  }

  /** Drops all requests without recording them. */
  clear(): void {
    this.#truncate(0);
  }

  #move(from: number, to: number): void {
    this.#ends[to] = this.#ends[from]!;
    this.#latencies[to] = this.#latencies[from]!;
    this.#errors[to] = this.#errors[from];
    this.#recorders[to] = this.#recorders[from]!;
  }

  #truncate(size: number): void {
    this.#ends.length = size;
    this.#latencies.length = size;
    this.#errors.length = size;
    this.#recorders.length = size;
  }
}
