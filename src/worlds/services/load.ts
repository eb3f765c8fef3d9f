/** Above this utilisation the wait is computed from the backlog instead of the formula. */
const MAX_STEADY_UTILISATION = 0.95;
/** Maximum backlog, in seconds of the current capacity; further requests are refused. */
const MAX_BACKLOG_S = 3;
/** Time constant of the measured rate, ms. */
const SMOOTHING_MS = 2000;

/**
 * Mean wait before service in a steady queue, ms: Sakasegawa's approximation of M/M/c (1977),
 * S/c * rho^(sqrt(2(c+1)) - 1) / (1 - rho). With one worker it is M/M/1 exactly.
 * @param utilisation rho, at least 0; capped at 0.95, where the backlog applies
 * @param serviceMs S, mean time that a request occupies a worker
 * @param workers c, at least 1
 */
export function steadyWaitMs(utilisation: number, serviceMs: number, workers: number): number {
  const rho = Math.min(MAX_STEADY_UTILISATION, Math.max(0, utilisation));
  return ((serviceMs / workers) * rho ** (Math.sqrt(2 * (workers + 1)) - 1)) / (1 - rho);
}

/**
 * The load of one service. Arrivals are counted and processed once per step: arrivals above the capacity
 * become a backlog that later steps drain (a fluid queue); below it the steady-state wait applies.
 */
export class Load {
  /** Smoothed arrivals as a share of the full capacity; above 1 in overload. */
  utilisation = 0;
  /** How long a request waits before it is served, ms. */
  waitMs = 0;
  /** Requests waiting because arrivals exceeded the capacity. */
  backlog = 0;

  #capacity: number;
  #workers: number;
  readonly #serviceMs: number;
  #offered = 0;
  #accepted = 0;
  #remaining = 0;

  /**
   * @param capacity requests per second
   * @param serviceMs mean service time of a request
   * @param intervalMs usual length of a step
   */
  constructor(capacity: number, serviceMs: number, intervalMs: number) {
    this.#capacity = capacity;
    this.#serviceMs = serviceMs;
    this.#workers = workersFor(capacity, serviceMs);
    this.#remaining = capacity * (MAX_BACKLOG_S + intervalMs / 1000);
  }

  /** Changes the capacity (requests per second). Keeps waiting requests and counted arrivals. */
  resize(capacity: number): void {
    if (capacity === this.#capacity) return;
    // Arrivals are unchanged but are now a share of another capacity.
    this.utilisation *= this.#capacity / capacity;
    this.#capacity = capacity;
    this.#workers = workersFor(capacity, this.#serviceMs);
  }

  /** Counts one arrival; false if it is refused because the backlog is full. */
  arrive(): boolean {
    this.#offered += 1;
    if (this.#accepted >= this.#remaining) return false;
    this.#accepted += 1;
    return true;
  }

  /**
   * Closes a step of `dtMs`.
   * @param freeShare share of the CPU available to the service, above 0
   */
  settle(dtMs: number, freeShare: number): void {
    const capacity = this.#capacity * freeShare;
    const served = (capacity * dtMs) / 1000;
    const follow = 1 - Math.exp(-dtMs / SMOOTHING_MS);
    this.utilisation += follow * ((this.#offered * 1000) / (dtMs * this.#capacity) - this.utilisation);
    this.backlog = Math.max(0, this.backlog + this.#accepted - served);
    this.#remaining = Math.max(0, capacity * MAX_BACKLOG_S - this.backlog) + served;
    const serviceMs = (this.#workers * 1000) / capacity;
    this.waitMs =
      steadyWaitMs(this.utilisation / freeShare, serviceMs, this.#workers) + (this.backlog * 1000) / capacity;
    this.#offered = 0;
    this.#accepted = 0;
  }

  /** A new process: the backlog is empty. */
  clear(): void {
    this.utilisation = 0;
    this.waitMs = 0;
    this.backlog = 0;
    this.#offered = 0;
    this.#accepted = 0;
  }
}

/** Little's law: the number of concurrent requests at full capacity. */
function workersFor(capacity: number, serviceMs: number): number {
  return Math.max(1, (capacity * serviceMs) / 1000);
}
