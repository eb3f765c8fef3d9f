import type { AutoscaleOptions } from "../options.ts";

/** The evaluation interval of the autoscaler, ms. */
const INTERVAL_MS = 1000;

/**
 * Sets the size of a consumer group: scales up immediately when the backlog grows, scales down one by one
 * after a cooldown.
 */
export class Autoscaler {
  #nextAt: number;
  #calmSince: number | undefined;

  /** @param now world time, ms */
  constructor(now: number) {
    this.#nextAt = now + INTERVAL_MS;
  }

  /**
   * The new number of consumers.
   * @param now world time, ms @param current current number of consumers @param depth waiting messages
   */
  decide(now: number, current: number, depth: number, options: AutoscaleOptions): number {
    if (now < this.#nextAt) return current;
    this.#nextAt = now + INTERVAL_MS;
    const { min, max, target_depth, cooldown } = options;
    const wanted = Math.min(max, Math.max(min, Math.ceil(depth / target_depth)));
    if (wanted >= current) {
      this.#calmSince = undefined;
      return wanted;
    }
    this.#calmSince ??= now;
    if (current > max) return max;
    if (now - this.#calmSince < cooldown) return current;
    this.#calmSince = now;
    return current - 1;
  }
}
