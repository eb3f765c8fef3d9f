import type { Health } from "../core/health.ts";
import type { ServiceSnapshot } from "./types.ts";

/** How a service was judged, and since when its health has been that. */
export type Verdict = Pick<ServiceSnapshot, "health" | "reasons" | "healthSince" | "problem">;

/** Before anything is known. */
export function noVerdict(at: number): Verdict {
  return { health: "unknown", reasons: ["not watched yet"], healthSince: at, problem: undefined };
}

/**
 * The verdict that follows another: the same object as long as it says the same.
 * @param problem what its source could not do; then nothing can be said about the service
 */
export function nextVerdict(
  before: Verdict,
  at: number,
  assessed: { readonly health: Health; readonly reasons: readonly string[] },
  problem: string | undefined,
): Verdict {
  const health = problem === undefined ? assessed.health : "unknown";
  const reasons = problem === undefined ? assessed.reasons : [problem];
  const isSame = health === before.health && problem === before.problem && sameTexts(reasons, before.reasons);
  if (isSame) return before;
  return { health, reasons, problem, healthSince: health === before.health ? before.healthSince : at };
}

function sameTexts(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((text, index) => text === others[index]);
}
