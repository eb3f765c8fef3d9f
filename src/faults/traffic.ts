import type { FaultKind } from "./types.ts";

/** More requests arrive than usual. */
export const traffic: FaultKind = {
  kind: "traffic",
  key: "t",
  title: "Traffic surge",
  description: "This many times the usual traffic arrives.",
  unit: "x",
  levels: [2, 3, 4, 6, 8, 16],
  defaultLevel: 4,
  defaultTtlMs: 60_000,
  label: (intensity) => `traffic x${intensity}`,
  apply: (effects, intensity) => {
    effects.trafficFactor *= intensity;
  },
};
