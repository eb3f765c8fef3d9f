import type { OriginContext } from "../types.ts";
import type { SimulatedService } from "./simulated-service.ts";

/**
 * Publishes the messages of one request of a service at `at` (ms since the epoch). Returns why the request
 * fails; undefined: it does not.
 */
export function publish(
  { options, publishing }: SimulatedService,
  send: OriginContext["send"],
  at: number,
): string | undefined {
  let failure: string | undefined;
  for (const { to, probability, on_failure } of options.publishes) {
    if (!publishing!.chance(probability)) continue;
    const refusal = send(to, at);
    if (refusal !== undefined && on_failure === "fail") failure ??= `${to}: ${refusal}`;
  }
  return failure;
}
