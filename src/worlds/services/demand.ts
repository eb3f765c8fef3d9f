import type { EntityDeclaration } from "../types.ts";
import type { SimOptions } from "./options.ts";

/** Requests per second that a service can serve however little is usual. */
const LEAST_CAPACITY = 20;
/** Capacity as a multiple of the usual traffic: a surge of four overloads a service. */
const SPARE = 3;
/** Longest chain of calls that is followed. */
export const MAX_CALL_DEPTH = 50;

/**
 * Requests per second that usually arrive at each service, by name: from outside and through all chains of
 * callers. Retries are not counted: usually there are none.
 */
export function usualRates(services: readonly EntityDeclaration<SimOptions>[]): ReadonlyMap<string, number> {
  const rates = new Map(services.map(({ name, options }) => [name, options.rate]));
  // What one link of the chains passes on to the next; without circles it ends by itself.
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

/** Requests per second a service can serve when its config does not set it. @param usualRate requests per second */
export function defaultCapacity(usualRate: number): number {
  return Math.max(LEAST_CAPACITY, usualRate * SPARE);
}
