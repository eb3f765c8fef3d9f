import type { Rate } from "../settings.ts";

/**
 * A rate limit: `count` at once, and then one whenever a token has been refilled. Virtual scheduling (ITU-T I.371,
 * the generic cell rate algorithm), which needs no more than the instant at which the bucket is full again.
 */
export class TokenBucket {
  /** The time of one token, and of all of them, ms. */
  readonly #tokenMs: number;
  readonly #rate: Rate;
  #fullAt = Number.NEGATIVE_INFINITY;

  constructor(rate: Rate) {
    this.#rate = rate;
    this.#tokenMs = rate.perMs / rate.count;
  }

  /** When a token is there, ms since the epoch; `now` if one is. */
  readyAt(now: number): number {
    return Math.max(now, Math.ceil(this.#fullAt + this.#tokenMs - this.#rate.perMs));
  }

  take(now: number): void {
    this.#fullAt = Math.max(this.#fullAt, now) + this.#tokenMs;
  }
}
