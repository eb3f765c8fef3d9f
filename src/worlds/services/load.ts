/** Above this utilisation the waiting time comes from the backlog instead of the formula. */
const MAX_STEADY_UTILISATION = 0.95;
/** Longest backlog, in seconds of what can be served now; more requests are refused. */
const MAX_BACKLOG_S = 3;
/** Time constant of the measured rate, ms. */
const SMOOTHING_MS = 2000;

/**
 * Mean wait before service in a steady queue, ms: Sakasegawa's approximation of M/M/c (1977),
 * S/c * rho^(sqrt(2(c+1)) - 1) / (1 - rho). With one worker it is M/M/1 exactly.
 * @param utilisation rho, 0 and up; capped at 0.95, where the backlog takes over
 * @param serviceMs S, mean time one request keeps a worker busy
 * @param workers c, at least 1
 */
export function steadyWaitMs(utilisation: number, serviceMs: number, workers: number): number {
  const rho = Math.min(MAX_STEADY_UTILISATION, Math.max(0, utilisation));
  return ((serviceMs / workers) * rho ** (Math.sqrt(2 * (workers + 1)) - 1)) / (1 - rho);
}

/**
 * The load of one service. Arrivals are counted as they come and settled once per step: what exceeds the
 * capacity becomes a backlog that later steps drain (a fluid queue); below it the steady wait applies.
 */
export class Load {
  /** Smoothed arrivals as a share of the full capacity; above 1 in overload. */
  utilisation = 0;
  /** How long a request waits before it is served, ms. */
  waitMs = 0;
  /** Requests that wait because more arrived than could be served. */
  backlog = 0;

  #capacity: number;
  #workers: number;
  readonly #serviceMs: number;
  #offered = 0;
  #accepted = 0;
  #room = 0;

  /**
   * @param capacity requests per second
   * @param serviceMs mean service time of a request
   * @param intervalMs usual length of a step
   */
  constructor(capacity: number, serviceMs: number, intervalMs: number) {
    this.#capacity = capacity;
    this.#serviceMs = serviceMs;
    this.#workers = workersFor(capacity, serviceMs);
    this.#room = capacity * (MAX_BACKLOG_S + intervalMs / 1000);
  }

  /** Changes the capacity (requests per second). Requests that wait stay, arrivals are counted on. */
  resize(capacity: number): void {
    if (capacity === this.#capacity) return;
    // The arrivals stay the same, as a share of another capacity.
    this.utilisation *= this.#capacity / capacity;
    this.#capacity = capacity;
    this.#workers = workersFor(capacity, this.#serviceMs);
  }

  /** Counts one arrival; false when it is refused because too many wait already. */
  arrive(): boolean {
    this.#offered += 1;
    if (this.#accepted >= this.#room) return false;
    this.#accepted += 1;
    return true;
  }

  /**
   * Closes a step of `dtMs`.
   * @param freeShare share of the processor that is free for the service, above 0
   */
  settle(dtMs: number, freeShare: number): void {
    const capacity = this.#capacity * freeShare;
    const served = (capacity * dtMs) / 1000;
    const follow = 1 - Math.exp(-dtMs / SMOOTHING_MS);
    this.utilisation += follow * ((this.#offered * 1000) / (dtMs * this.#capacity) - this.utilisation);
    this.backlog = Math.max(0, this.backlog + this.#accepted - served);
    this.#room = Math.max(0, capacity * MAX_BACKLOG_S - this.backlog) + served;
    const serviceMs = (this.#workers * 1000) / capacity;
    this.waitMs =
      steadyWaitMs(this.utilisation / freeShare, serviceMs, this.#workers) + (this.backlog * 1000) / capacity;
    this.#offered = 0;
    this.#accepted = 0;
  }

  /** A new process: no request waits. */
  clear(): void {
    this.utilisation = 0;
    this.waitMs = 0;
    this.backlog = 0;
    this.#offered = 0;
    this.#accepted = 0;
  }
}

/** Little's law: this many requests are served at once when the capacity is used up. */
function workersFor(capacity: number, serviceMs: number): number {
  return Math.max(1, (capacity * serviceMs) / 1000);
}
