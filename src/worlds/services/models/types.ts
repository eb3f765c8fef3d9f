import type { Random } from "../../../core/random.ts";

/** The distribution of service times. */
export interface LatencyModel {
  readonly kind: string;
  readonly description: string;
  /** Draws one service time, ms; finite and at least 1. `deviation` is a share of the base, at least 0. */
  draw(random: Random, baseMs: number, deviation: number): number;
  /** The mean of `draw`, ms. */
  mean(baseMs: number, deviation: number): number;
}
