import type { Random } from "../../core/random.ts";

/** How long a service's own work takes, from one request to the next. */
export interface LatencyModel {
  readonly kind: string;
  readonly description: string;
  /** One latency, finite and at least 1, ms. `deviation` is a share of the base, 0 and up. */
  draw(random: Random, baseMs: number, deviation: number): number;
}
