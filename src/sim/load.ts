/** Above this utilisation the waiting time is no longer taken from the formula but from the backlog. */
const MAX_STEADY_UTILISATION = 0.95;
/** Work that may wait, in seconds of what can be served now; more is refused. */
const MAX_BACKLOG_S = 3;
/** How fast the measured rate follows a change, ms. */
const SMOOTHING_MS = 2000;

/**
 * Mean wait before service in a steady queue, ms: Sakasegawa's approximation of M/M/c (1977),
 * S/c * rho^(sqrt(2(c+1)) - 1) / (1 - rho). With one worker it is M/M/1 exactly.
 * @param utilisation rho, 0 and up; counted as 0.95 at most, where a backlog takes over
 * @param serviceMs S, mean time one request keeps a worker busy
 * @param workers c, at least 1
 */
export function steadyWaitMs(utilisation: number, serviceMs: number, workers: number): number {
  const rho = Math.min(MAX_STEADY_UTILISATION, Math.max(0, utilisation));
  return ((serviceMs / workers) * rho ** (Math.sqrt(2 * (workers + 1)) - 1)) / (1 - rho);
}

/**
 * How busy one service is. Arrivals are counted as they come and settled once per beat: what exceeds the
 * capacity becomes a backlog that later beats work off (a fluid queue); below it the steady wait holds.
 */
export class Load {
  /** Smoothed arrivals as a share of the full capacity; above 1 in overload. */
  utilisation = 0;
  /** How long a request waits before it is worked on, ms. */
  waitMs = 0;
  /** Requests that wait because more came than could be served. */
  backlog = 0;

  readonly #capacity: number;
  readonly #workers: number;
  #offered = 0;
  #accepted = 0;
  #room = 0;

  /** @param capacity requests a second @param serviceMs mean work per request @param intervalMs usual beat */
  constructor(capacity: number, serviceMs: number, intervalMs: number) {
    this.#capacity = capacity;
    // Little's law: so many requests are in work at once when the capacity is used up.
    this.#workers = Math.max(1, (capacity * serviceMs) / 1000);
    this.#room = capacity * (MAX_BACKLOG_S + intervalMs / 1000);
  }

  /** Counts one arrival; false when too many wait already, so that it is refused. */
  arrive(): boolean {
    this.#offered += 1;
    if (this.#accepted >= this.#room) return false;
    this.#accepted += 1;
    return true;
  }

  /**
   * Closes a beat of `dtMs`.
   * @param freeShare share of the processor that is left for the service, above 0
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

  /** The process is new: nobody waits. */
  clear(): void {
    this.utilisation = 0;
    this.waitMs = 0;
    this.backlog = 0;
    this.#offered = 0;
    this.#accepted = 0;
  }
}
