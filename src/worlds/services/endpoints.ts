import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { list } from "../../core/list.ts";
import { PRINTABLE, UNPRINTABLE } from "../../core/printable.ts";
import { ratio } from "../../core/quantity.ts";

const NAME_PROBLEM = "must be a name of 1 to 40 characters, such as /refund";
const SHARE_PROBLEM = "must be a weight above 0, at most 1,000,000";
const FACTOR_PROBLEM = "must be a factor from 0.01 to 100";

const endpointSchema = lazy(() =>
  z.strictObject({
    name: z
      .string({ error: NAME_PROBLEM })
      .min(1, NAME_PROBLEM)
      .max(40, NAME_PROBLEM)
      .regex(PRINTABLE, UNPRINTABLE)
      .refine((name) => name === name.trim(), "must not begin or end with a space")
      .describe("name, such as /refund: the label `endpoint` of its requests"),
    share: z
      .number({ error: SHARE_PROBLEM })
      .positive(SHARE_PROBLEM)
      .max(1_000_000, SHARE_PROBLEM)
      .default(1)
      .describe("share of the requests, as a weight relative to the other endpoints"),
    latency: z
      .number({ error: FACTOR_PROBLEM })
      .min(0.01, FACTOR_PROBLEM)
      .max(100, FACTOR_PROBLEM)
      .default(1)
      .describe("service time as a multiple of base_latency"),
    error_rate: ratio()
      .default(0)
      .describe("share of its requests that fail in addition to the service's own error_rate, 0..1"),
  }),
);

export type Endpoint = z.output<ReturnType<typeof endpointSchema>>;

/** The endpoints of one service, with unique names. */
export const endpointsSchema = lazy(() =>
  list(endpointSchema(), 50, { of: "endpoints" }).superRefine((endpoints, context) => {
    const names = new Set<string>();
    for (const [index, { name }] of endpoints.entries()) {
      if (names.has(name)) {
        const message = `"${name}" is already the name of an endpoint above; use another name`;
        context.addIssue({ code: "custom", path: [index, "name"], message });
      }
      names.add(name);
    }
  }),
);

/** The mean of a value of the latency factor over all endpoints by their shares; without endpoints, of 1. */
export function weightedMean(endpoints: readonly Endpoint[], value: (factor: number) => number): number {
  if (endpoints.length === 0) return value(1);
  let shares = 0;
  let weighted = 0;
  for (const { share, latency } of endpoints) {
    shares += share;
    weighted += share * value(latency);
  }
  return weighted / shares;
}
