import type { EntityDeclaration } from "../types.ts";
import type { SimOptions } from "./options.ts";

/** The minimum default capacity, requests per second. */
const MIN_CAPACITY = 20;
/** Default capacity as a multiple of the usual traffic: four times the traffic is an overload. */
const SPARE = 3;
/** The maximum depth of call chains. */
export const MAX_CALL_DEPTH = 50;
/** The maximum requests of one arriving request: in an outage, the retries of a chain multiply. */
export const MAX_CALLS = 10_000;

/**
 * The usual requests per second of each service, by name: from outside and through all chains of callers,
 * without retries.
 */
export function usualRates(services: readonly EntityDeclaration<SimOptions>[]): ReadonlyMap<string, number> {
  const rates = new Map(services.map(({ name, options }) => [name, options.rate]));
  // The rate that one level of the chains passes to the next; it ends if there are no cycles.
  let arriving = new Map(rates);
  for (let depth = 1; depth < MAX_CALL_DEPTH && arriving.size > 0; depth += 1) {
    const passedOn = new Map<string, number>();
    for (const { name, options } of services) {
      const rate = arriving.get(name);
      if (rate === undefined || rate === 0) continue;
      for (const call of options.calls) {
        if (!rates.has(call.service)) continue;
        passedOn.set(call.service, (passedOn.get(call.service) ?? 0) + rate * call.probability);
      }
    }
    for (const [service, rate] of passedOn) rates.set(service, rates.get(service)! + rate);
    arriving = passedOn;
  }
  return rates;
}

/** The default capacity of a service, requests per second. @param usualRate requests per second */
export function defaultCapacity(usualRate: number): number {
  return Math.max(MIN_CAPACITY, usualRate * SPARE);
}
