import { Schedule } from "../../core/schedule.ts";

/** Time constant of the measured utilisation, ms. */
const SMOOTHING_MS = 2000;
/** Tolerance for a product such as 20/s x 0.15 s, which should be a whole number. */
const ROUNDING = 1e-9;

/**
 * The number of workers for a throughput, by Little's law: how many requests are in process at once at full
 * capacity. At least 1.
 * @param capacity requests per second
 * @param serviceMs mean service time, ms
 */
export function workersFor(capacity: number, serviceMs: number): number {
  return Math.max(1, Math.ceil((capacity * serviceMs) / 1000 - ROUNDING));
}

/**
 * The workers of one service. A worker serves one request at a time. Whole workers are often a little faster
 * than the configured capacity; then each stays occupied after its request (by cleaning up, say), in
 * proportion to the service time, so that all of them together have exactly that capacity.
 */
export class Workers {
  /** Busy share of all workers, smoothed, 0..1. */
  utilisation = 0;
  count = 1;
  busy = 0;
  /** How long a worker is occupied by a request, as a multiple of its service time; at least 1. */
  occupancy = 1;

  /** Ends of occupied times after requests. They matter only when somebody waits for a worker. */
  readonly #releases = new Schedule<undefined>();
  /** Occupied time since the last `measure`, ms, relative to it; see there. */
  #occupied = 0;
  #measuredAt = 0;

  /** Changes their number and capacity (requests per second). Work in progress continues. */
  resize(count: number, capacity: number, serviceMs: number): void {
    const occupancy = Math.max(1, (count * 1000) / (capacity * serviceMs));
    if (count === this.count && occupancy === this.occupancy) return;
    // Arrivals are unchanged but are now a share of another capacity.
    this.utilisation = Math.min(1, (this.utilisation * occupancy * this.count) / (this.occupancy * count));
    this.count = count;
    this.occupancy = occupancy;
  }

  get free(): number {
    return this.count - this.busy;
  }

  /** When the next worker becomes free after its last request, ms; Infinity: none is in that state. */
  get nextRelease(): number {
    return this.#releases.next;
  }

  /** Occupies a worker from `at` on. */
  occupy(at: number): void {
    this.busy += 1;
    this.#occupied -= at - this.#measuredAt;
  }

  /** A worker finishes a request at `at` that took `tookMs`. It is free now or a little later. */
  finish(at: number, tookMs: number): void {
    const restMs = (this.occupancy - 1) * tookMs;
    if (restMs > 0) this.#releases.add(at + restMs, undefined);
    else this.#free(at);
  }

  /** Frees the workers whose occupied time is over by `at`. */
  release(at: number): void {
    while (this.#releases.next <= at) {
      const time = this.#releases.next;
      this.#releases.take();
      this.#free(time);
    }
  }

  #free(at: number): void {
    this.busy -= 1;
    this.#occupied += at - this.#measuredAt;
  }

  /** Updates the utilisation at `at`, since the last call. */
  measure(at: number): void {
    this.release(at);
    const dt = at - this.#measuredAt;
    if (dt <= 0) return;
    // The sum over the workers of end - start; those still busy end now and start anew.
    const share = Math.min(1, Math.max(0, (this.#occupied + this.busy * dt) / (dt * this.count)));
    this.utilisation += (1 - Math.exp(-dt / SMOOTHING_MS)) * (share - this.utilisation);
    this.#occupied = 0;
    this.#measuredAt = at;
  }

  /** The work speed has changed at `at`: what remains takes `factor` times as long. */
  stretch(at: number, factor: number): void {
    this.#releases.reschedule((_, time) => at + (time - at) * factor);
  }

  /** Time stood still for `ms`. */
  postpone(ms: number): void {
    this.#measuredAt += ms;
    this.#releases.reschedule((_, time) => time + ms);
  }

  /** A new process: all workers are idle. */
  reset(at: number): void {
    this.#releases.remove(() => true);
    this.busy = 0;
    this.utilisation = 0;
    this.#occupied = 0;
    this.#measuredAt = at;
  }
}
