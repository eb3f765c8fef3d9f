import type { FaultKind } from "./types.ts";

const MINUTE_MS = 60_000;

/** Memory is taken and never given back. */
export const memory: FaultKind = {
  kind: "memory",
  key: "m",
  title: "Memory leak",
  description: "This share of the memory leaks every minute, until the service is killed and starts again.",
  unit: "%",
  levels: [15, 30, 60, 120, 240, 480],
  defaultLevel: 120,
  // Long enough to see the service be killed twice at the default level.
  defaultTtlMs: 90_000,
  label: (intensity) => `memory leak ${intensity} % a minute`,
  apply: (effects, intensity, elapsedMs) => {
    effects.leakedShare += (intensity / 100) * (Math.max(0, elapsedMs) / MINUTE_MS);
  },
};
