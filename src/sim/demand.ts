import type { SimService } from "./types.ts";

/** A service nobody uses can still serve this many requests a second. */
const LEAST_CAPACITY = 20;
/** Three times the usual traffic is the most that is served: a surge of four shows. */
const SPARE = 3;
/** Chains of calls are followed no further than this. */
export const MAX_CALL_DEPTH = 50;

/**
 * How many requests a second usually arrive at each service: from outside, and from its callers, their
 * callers and so on. Retries are not counted: usually there are none.
 */
export function usualRates(services: readonly SimService[]): ReadonlyMap<string, number> {
  const rates = new Map(services.map(({ service, options }) => [service, options.rate]));
  // What passes on from one link of the chains to the next; it runs dry where there are no circles.
  let arriving = new Map(rates);
  for (let depth = 1; depth < MAX_CALL_DEPTH && arriving.size > 0; depth += 1) {
    const passedOn = new Map<string, number>();
    for (const { service, options } of services) {
      const rate = arriving.get(service);
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

/** Requests a second a service can serve when its config does not say. */
export function defaultCapacity(usualRate: number): number {
  return Math.max(LEAST_CAPACITY, usualRate * SPARE);
}
