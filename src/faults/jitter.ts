import { formatCount } from "../core/text.ts";
import type { FaultKind } from "./types.ts";

/** Requests take longer by differing times: the median moves a little, the tail a lot. */
export const jitter: FaultKind = {
  kind: "jitter",
  key: "i",
  title: "Jitter",
  description: "Each request takes longer by a random time up to this much.",
  unit: "ms",
  levels: [50, 100, 200, 400, 800, 1600],
  defaultLevel: 400,
  defaultTtlMs: 60_000,
  label: (intensity) => `jitter up to ${formatCount(intensity)} ms`,
  apply: (effects, intensity) => {
    effects.jitterMs += intensity;
  },
};
