import { numberParam } from "../../../core/params.ts";
import { defineFault } from "../../../faults/types.ts";
import type { ServiceEffects } from "../effects.ts";

const MINUTE_MS = 60_000;

/** Memory is allocated and never freed. */
export const memory = defineFault<ServiceEffects>()({
  kind: "memory",
  key: "m",
  title: "Memory leak",
  description: "Leaks this share of the memory per minute, until the service is killed and restarts.",
  accepts: ["service"],
  params: {
    leak: numberParam({
      unit: "percent",
      levels: [15, 30, 60, 120, 240, 480],
      default: 120,
      description: "share of the memory that leaks per minute",
    }),
  },
  // Long enough for two restarts at the default level.
  moves: ["memory", "p99", "availability"],
  defaultTtlMs: 90_000,
  label: ({ leak }) => `memory leak ${leak} % a minute`,
  apply: (effects, { leak }, elapsedMs) => {
    effects.leakedShare += (leak / 100) * (Math.max(0, elapsedMs) / MINUTE_MS);
  },
});
