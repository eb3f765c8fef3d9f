import type { LatencyModel } from "./types.ts";

/** Normally distributed around the base, at least 1 ms. */
export const normal: LatencyModel = {
  kind: "normal",
  description: "normal around base_latency; deviation is the standard deviation as a share of it",
  draw: (random, baseMs, deviation) => Math.max(1, random.normal(baseMs, baseMs * deviation)),
};
