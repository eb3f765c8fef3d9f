import type { Gap } from "../core/gaps.ts";
import type { Level } from "../core/measure.ts";
import type { Assessment, Levels } from "../health/assess.ts";
import type { EntitySnapshot } from "./types.ts";

/** The assessment of an entity, and since when it has had that health. */
export type Verdict = Pick<EntitySnapshot, "health" | "reasons" | "levels" | "healthSince" | "problem">;

/** The verdict before the first assessment. */
export function noVerdict(at: number): Verdict {
  return {
    health: "unknown",
    reasons: ["not monitored yet"],
    levels: {},
    healthSince: at,
    problem: undefined,
  };
}

/** The verdict of an instant that is longer ago than verdicts are kept. */
export function forgottenVerdict(at: number): Verdict {
  return {
    health: "unknown",
    reasons: ["not kept any more"],
    levels: {},
    healthSince: at,
    problem: undefined,
  };
}

/** The verdict on the time in which the monitor did not run. */
export function notObservedVerdict({ from }: Gap): Verdict {
  const reasons = ["not observed: the monitor did not run"];
  return { health: "unknown", reasons, levels: {}, healthSince: from, problem: undefined };
}

/**
 * The verdict that follows another; the same object if nothing changed.
 * @param problem the problem of its origin; the entity is then unknown
 */
export function nextVerdict(
  before: Verdict,
  at: number,
  assessed: Assessment,
  problem: string | undefined,
): Verdict {
  const health = problem === undefined ? assessed.health : "unknown";
  const reasons = problem === undefined ? assessed.reasons : [problem];
  const levels = problem === undefined ? levelsOf(assessed.levels) : NO_LEVELS;
  const isSame =
    health === before.health &&
    problem === before.problem &&
    hasSameLevels(before, { levels }) &&
    reasons.length === before.reasons.length &&
    reasons.every((text, index) => text === before.reasons[index]);
  if (isSame) return before;
  return {
    health,
    reasons,
    levels,
    problem,
    healthSince: health === before.health ? before.healthSince : at,
  };
}

const NO_LEVELS: Verdict["levels"] = {};

function levelsOf(levels: Levels): Verdict["levels"] {
  const ids = Object.keys(levels);
  if (ids.length === 0) return NO_LEVELS;
  return Object.fromEntries(ids.map((id): [string, Level] => [id, levels[id]!.level]));
}

/** Whether two verdicts rest on the same levels of the same measures. */
export function hasSameLevels(a: Pick<Verdict, "levels">, b: Pick<Verdict, "levels">): boolean {
  if (a.levels === b.levels) return true;
  const ids = Object.keys(a.levels);
  return ids.length === Object.keys(b.levels).length && ids.every((id) => a.levels[id] === b.levels[id]);
}
