import { formatCount } from "../../core/text.ts";
import type { Call, SimulatedService } from "./simulated-service.ts";

/**
 * The calls of a service with resolved callees. A call to a service outside the simulation takes no time and
 * never fails.
 */
export function linkCalls(service: SimulatedService, all: ReadonlyMap<string, SimulatedService>): Call[] {
  const calls: Call[] = [];
  for (const { service: name, probability, timeout, retries } of service.options.calls) {
    const callee = all.get(name);
    if (callee === undefined) continue;
    // There are few different failures, so each reason is formatted once.
    const reasons = new Map([["timeout", `${name}: timeout after ${formatCount(timeout)} ms`]]);
    const reasonFor = (failure: string): string => {
      let reason = reasons.get(failure);
      if (reason === undefined) {
        reason = `${name}: ${failure}`;
        reasons.set(failure, reason);
      }
      return reason;
    };
    calls.push({ callee, probability, timeoutMs: timeout, retries, reasonFor });
  }
  return calls;
}
