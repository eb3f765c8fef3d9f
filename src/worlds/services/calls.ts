import { MAX_CALL_DEPTH, MAX_CALLS } from "./demand.ts";
import { Call } from "./request.ts";
import type { OwnCall, OwnRequest, SimulatedService } from "./simulated-service.ts";

/**
 * The calls of a service with resolved callees. A call to a service outside the simulation takes no time and
 * never fails.
 */
export function linkCalls(service: SimulatedService, all: ReadonlyMap<string, SimulatedService>): OwnCall[] {
  const calls: OwnCall[] = [];
  for (const options of service.options.calls) {
    const callee = all.get(options.service);
    if (callee !== undefined) calls.push(new Call(callee, options));
  }
  return calls;
}

/** Why a call fails before it reaches the callee; undefined: it reaches it. */
export function whyImpossible(caller: OwnRequest, { callee }: OwnCall): string | undefined {
  if (caller.service!.effects.cutCalls) return "unreachable";
  for (let each: OwnRequest | undefined = caller; each !== undefined; each = each.waitingCaller) {
    if (each.service === callee) return "call cycle";
  }
  if (caller.depth >= MAX_CALL_DEPTH) return "call chain too long";
  return caller.origin !== undefined && caller.origin.requests > MAX_CALLS ? "too many calls" : undefined;
}
