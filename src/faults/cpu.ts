import type { FaultKind } from "./types.ts";

/** Something else on the machine wants the processor. */
export const cpu: FaultKind = {
  kind: "cpu",
  key: "c",
  title: "CPU spike",
  description: "Something else takes this share of the processor: work slows down and capacity shrinks.",
  unit: "%",
  levels: [20, 40, 60, 80, 90, 95],
  defaultLevel: 80,
  defaultTtlMs: 60_000,
  label: (intensity) => `cpu ${intensity} % taken`,
  apply: (effects, intensity) => {
    effects.cpuShare = Math.min(1, effects.cpuShare + intensity / 100);
  },
};
