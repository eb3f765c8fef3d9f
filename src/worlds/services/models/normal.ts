import { normalCdf, normalDensity } from "../../../core/normal-distribution.ts";
import type { LatencyModel } from "./types.ts";

/** Normally distributed around the base, at least 1 ms. */
export const normal: LatencyModel = {
  kind: "normal",
  description: "normal around base_latency; deviation is the standard deviation as a share of it",
  draw: (random, baseMs, deviation) => Math.max(1, random.normal(baseMs, baseMs * deviation)),
  mean(baseMs, deviation) {
    const spread = baseMs * deviation;
    if (spread === 0) return Math.max(1, baseMs);
    // E[max(1, X)] of a normal X.
    const cut = (1 - baseMs) / spread;
    return normalCdf(cut) + baseMs * (1 - normalCdf(cut)) + spread * normalDensity(cut);
  },
};
