import type { FaultKind } from "./types.ts";

/** The service comes and goes. */
export const flapping: FaultKind = {
  kind: "flapping",
  key: "f",
  title: "Flapping",
  description: "The service comes and goes: up for half of each period, then refusing for the other half.",
  unit: "s",
  levels: [2, 4, 10, 20, 40],
  defaultLevel: 10,
  defaultTtlMs: 120_000,
  label: (intensity) => `flapping every ${intensity} s`,
  apply: (effects, intensity, elapsedMs) => {
    const periodMs = intensity * 1000;
    if (elapsedMs % periodMs >= periodMs / 2) effects.refuse = true;
  },
};
