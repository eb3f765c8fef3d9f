import { normalCdf } from "../../../core/normal-distribution.ts";
import type { LatencyModel } from "./types.ts";

/**
 * Lognormal: most requests are near the base and a few take many times as long, as in real systems. The
 * median of exp(normal(ln base, s)) is the base.
 */
export const longtail: LatencyModel = {
  kind: "longtail",
  description: "lognormal with the median base_latency; deviation is the standard deviation of the logarithm",
  draw: (random, baseMs, deviation) => Math.max(1, baseMs * Math.exp(random.normal(0, deviation))),
  mean(baseMs, deviation) {
    if (deviation === 0) return Math.max(1, baseMs);
    // E[max(1, X)] of a lognormal X.
    const cut = -Math.log(baseMs) / deviation;
    return normalCdf(cut) + baseMs * Math.exp(deviation ** 2 / 2) * (1 - normalCdf(cut - deviation));
  },
};
