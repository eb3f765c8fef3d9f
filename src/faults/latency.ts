import { formatCount } from "../core/text.ts";
import type { FaultKind } from "./types.ts";

/** Every request takes longer by a fixed time. */
export const latency: FaultKind = {
  kind: "latency",
  key: "l",
  title: "Latency",
  description: "Every request takes longer by this much.",
  unit: "ms",
  levels: [100, 200, 400, 800, 1600, 3200],
  defaultLevel: 800,
  defaultTtlMs: 60_000,
  label: (intensity) => `latency +${formatCount(intensity)} ms`,
  apply: (effects, intensity) => {
    effects.latencyMs += intensity;
  },
};
