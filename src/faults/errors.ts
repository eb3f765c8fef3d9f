import type { FaultKind } from "./types.ts";

/** A share of the requests fails. */
export const errors: FaultKind = {
  kind: "errors",
  key: "e",
  title: "Errors",
  description: "This share of the requests fails, on top of the errors the service has anyway.",
  unit: "%",
  levels: [2, 5, 10, 20, 30, 50, 75, 100],
  defaultLevel: 30,
  defaultTtlMs: 60_000,
  label: (intensity) => `errors ${intensity} %`,
  apply: (effects, intensity) => {
    // Causes are independent: a request succeeds only if no cause strikes it.
    effects.errorRatio = 1 - (1 - effects.errorRatio) * (1 - intensity / 100);
  },
};
