import type { Gap } from "../core/gaps.ts";
import type { Health } from "../core/health.ts";
import type { EntitySnapshot } from "./types.ts";

/** The assessment of an entity, and since when it has had that health. */
export type Verdict = Pick<EntitySnapshot, "health" | "reasons" | "healthSince" | "problem">;

/** The verdict before the first assessment. */
export function noVerdict(at: number): Verdict {
  return { health: "unknown", reasons: ["not monitored yet"], healthSince: at, problem: undefined };
}

/** The verdict of an instant that is longer ago than verdicts are kept. */
export function forgottenVerdict(at: number): Verdict {
  return { health: "unknown", reasons: ["not kept any more"], healthSince: at, problem: undefined };
}

/** The verdict on the time in which the monitor did not run. */
export function notObservedVerdict({ from }: Gap): Verdict {
  const reasons = ["not observed: the monitor did not run"];
  return { health: "unknown", reasons, healthSince: from, problem: undefined };
}

/**
 * The verdict that follows another; the same object if nothing changed.
 * @param problem the problem of its origin; the entity is then unknown
 */
export function nextVerdict(
  before: Verdict,
  at: number,
  assessed: { readonly health: Health; readonly reasons: readonly string[] },
  problem: string | undefined,
): Verdict {
  const health = problem === undefined ? assessed.health : "unknown";
  const reasons = problem === undefined ? assessed.reasons : [problem];
  const isSame =
    health === before.health &&
    problem === before.problem &&
    reasons.length === before.reasons.length &&
    reasons.every((text, index) => text === before.reasons[index]);
  if (isSame) return before;
  return { health, reasons, problem, healthSince: health === before.health ? before.healthSince : at };
}
