import { numberParam } from "../../../core/params.ts";
import { defineFault } from "../../../faults/types.ts";
import type { ServiceEffects } from "../effects.ts";

/** A share of the requests fails. */
export const errors = defineFault<ServiceEffects>()({
  kind: "errors",
  key: "e",
  title: "Errors",
  description: "Makes this share of the requests fail, in addition to the service's own errors.",
  accepts: ["service"],
  params: {
    error_rate: numberParam({
      unit: "percent",
      levels: [2, 5, 10, 20, 30, 50, 75, 100],
      default: 30,
      description: "share of the requests that fail",
    }),
  },
  moves: ["error_rate"],
  defaultTtlMs: 60_000,
  label: ({ error_rate }) => `errors ${error_rate} %`,
  apply: (effects, { error_rate }) => {
    // The causes are independent: a request succeeds only if none of them fails it.
    effects.errorRatio = 1 - (1 - effects.errorRatio) * (1 - error_rate / 100);
  },
});
