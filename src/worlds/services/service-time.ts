import { formatCount } from "../../core/text.ts";
import { weightedMean } from "./endpoints.ts";
import { latencyModels } from "./models/index.ts";
import type { SimOptions } from "./options.ts";

/** The mean service time over all endpoints, ms. */
export function meanServiceMs({ model, base_latency, deviation, endpoints }: SimOptions): number {
  return weightedMean(endpoints, (factor) => latencyModels[model].mean(base_latency * factor, deviation));
}

/** Requests per second that a number of workers can serve. */
export function possibleRate(workers: number, serviceMs: number): number {
  return (workers * 1000) / serviceMs;
}

/** Advice on valid options that contradict each other: an option and a sentence. */
export function serviceAdvice(
  options: SimOptions,
): readonly { readonly option: string; readonly message: string }[] {
  const { capacity, workers } = options;
  if (capacity === undefined || workers === undefined) return [];
  const serviceMs = meanServiceMs(options);
  const possible = possibleRate(workers, serviceMs);
  // Rounding is no contradiction.
  if (possible >= 0.99 * capacity) return [];
  const counted = `${formatCount(workers)} ${workers === 1 ? "worker serves" : "workers serve"}`;
  const message =
    `of ${formatCount(capacity)} requests per second is not reached: ${counted} at most ` +
    `${formatCount(Math.floor(possible))} per second at a mean service time of ${formatCount(Math.round(serviceMs))} ms; ` +
    "set only one of the two";
  return [{ option: "capacity", message }];
}
