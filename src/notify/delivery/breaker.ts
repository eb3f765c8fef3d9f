import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
} from "cockatiel";
import type { ChannelHealth } from "../../core/notification.ts";

/** So many failures in a row open it. */
export const FAILURES = 3;
/** So long it stays open before one attempt may try again, ms. */
export const OPEN_MS = 30_000;

const STATES: Readonly<Record<CircuitState, ChannelHealth["breaker"]>> = {
  [CircuitState.Closed]: "closed",
  [CircuitState.Open]: "open",
  [CircuitState.HalfOpen]: "half-open",
  [CircuitState.Isolated]: "open",
};

/** Keeps attempts from a channel that is down. Cockatiel counts and decides; the time is that of the caller. */
export class Breaker {
  readonly #policy: CircuitBreakerPolicy;
  #openUntil = 0;
  #running = 0;

  /** @param onChange called with each new state */
  constructor(onChange: (state: ChannelHealth["breaker"]) => void = () => {}) {
    // Cockatiel reads the system clock: with this, it leaves it to `readyAt` when an attempt may be made.
    const halfOpenAfter = Number.NEGATIVE_INFINITY;
    this.#policy = circuitBreaker(handleAll, { halfOpenAfter, breaker: new ConsecutiveBreaker(FAILURES) });
    this.#policy.onStateChange((state) => onChange(STATES[state]));
  }

  get state(): ChannelHealth["breaker"] {
    return STATES[this.#policy.state];
  }

  /** When an open breaker lets an attempt through; undefined: it is not open. */
  get openUntil(): number | undefined {
    return this.state === "open" ? this.#openUntil : undefined;
  }

  /** When an attempt may be made, ms since the epoch; Infinity: when the one that runs has ended. */
  readyAt(now: number): number {
    if (this.state === "closed") return now;
    // Half open or about to be: one at a time.
    return this.#running > 0 ? Number.POSITIVE_INFINITY : Math.max(now, this.#openUntil);
  }

  /**
   * Runs an attempt and counts its result.
   * @param hasFailed whether its result says that the channel is down
   * @param now asked when it has ended
   */
  async run<Result>(
    attempt: () => Promise<Result>,
    hasFailed: (result: Result) => boolean,
    now: () => number,
  ): Promise<Result> {
    let result: { readonly value: Result } | undefined;
    this.#running += 1;
    try {
      await this.#policy.execute(async () => {
        result = { value: await attempt() };
        if (hasFailed(result.value)) throw new Error("down");
      });
    } catch (error) {
      if (result === undefined) throw error;
      if (this.#policy.state === CircuitState.Open)
        this.#openUntil = Math.max(this.#openUntil, now() + OPEN_MS);
    } finally {
      this.#running -= 1;
    }
    return result!.value;
  }
}
