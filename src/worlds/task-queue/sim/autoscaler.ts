import type { AutoscaleOptions } from "../options.ts";

/** How often the number of consumers is reconsidered, ms. */
const INTERVAL_MS = 1000;

/** Decides how many consumers a group has: more at once when the backlog grows, fewer one by one after a calm time. */
export class Autoscaler {
  #nextAt: number;
  #calmSince: number | undefined;

  /** @param now world time, ms */
  constructor(now: number) {
    this.#nextAt = now + INTERVAL_MS;
  }

  /**
   * The number of consumers from now on.
   * @param now world time, ms @param current how many there are @param depth messages that wait
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
