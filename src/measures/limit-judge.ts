import { observedMs } from "../core/gaps.ts";
import { allowedShare, hasEvidence, isBeyond, recoveryOf } from "../core/limits.ts";
import { LEVELS, type Level, type Limits, type Measure } from "../core/measure.ts";
import { isSurelyAbove, isSurelyBelow, LEAST_BAD, type Proportion } from "../core/proportion.ts";
import type { Crossing } from "./crossing.ts";
import { isPercentile } from "./plan.ts";
import type { EntityReading } from "./reading.ts";

/** What a judge found for one measure. */
export interface Judged {
  /** The worst level that applies. */
  readonly level: Crossing | undefined;
  /** The same before it has lasted for `sustained` evaluations. */
  readonly crossing: Crossing | undefined;
}

/** How a measure is judged; undefined: as the measure says. */
export interface JudgeOptions {
  readonly limits: Limits | undefined;
  /** Consecutive evaluations beyond a limit. */
  readonly sustained?: number | undefined;
}

/** The state of one level of one measure. Plain data. */
export interface LevelState {
  /** Consecutive evaluations beyond the limit. */
  streak: number;
  /** It applies until it has recovered. */
  active: boolean;
  /** Since when its value has been on the better side of the recovery value, ms since the epoch. */
  calmSince: number | undefined;
  /** Since when its value has been on the better side of the limit itself, ms since the epoch. */
  insideSince: number | undefined;
}

/** The state of a judge: by measure, then by level. Plain data. */
export type JudgeState = Readonly<Record<string, Readonly<Partial<Record<Level, LevelState>>>>>;

/** A new fault shows in the last seconds, ms, before it fills the window; at least three observations. */
const RECENT_MS = 3_000;
const RECENT_OBSERVATIONS = 3;
/** A share or a percentile must be on the better side of its recovery value for one more window, at most this long, ms. */
const SHARE_HOLD_MS = 15_000;
/** The same for a value that must last beyond its limit. Others recover at once. */
const VALUE_HOLD_MS = 5_000;
/**
 * A level also ends when the value has stayed on the better side of the limit for this long, ms: the usual value of
 * some entities lies between the recovery value and the limit.
 */
const INSIDE_HOLD_MS = 60_000;

const WORST_FIRST = LEVELS.toReversed();
const NOTHING: Judged = { level: undefined, crossing: undefined };

/**
 * Decides which limits of an entity are crossed, for health and for rules alike. A level begins when there is evidence
 * for it, and ends when the value has clearly recovered: see docs/ARCHITECTURE.md, "A verdict".
 */
export class LimitJudge {
  readonly #states = new Map<string, Partial<Record<Level, LevelState>>>();
  readonly #crossings = new Map<string, Crossing>();

  /**
   * What the last evaluation found, by measure: the limits that are crossed now, whether or not they have been for
   * long enough, and the levels that are held.
   */
  get crossings(): ReadonlyMap<string, Crossing> {
    return this.#crossings;
  }

  /** Judges one measure. Call once per evaluation, with increasing times. */
  judge(reading: EntityReading, measure: Measure, { limits, sustained }: JudgeOptions): Judged {
    if (limits === undefined) return NOTHING;
    const needed = sustained ?? measure.sustained ?? 1;
    let level: Crossing | undefined;
    let crossing: Crossing | undefined;
    for (const each of WORST_FIRST) {
      if (limits[each] === undefined) continue;
      const found = this.#judgeLevel(reading, measure, each, limits, needed);
      if (found === undefined) continue;
      crossing ??= found;
      if (this.#states.get(measure.id)?.[each]?.active) level ??= found;
    }
    if (crossing === undefined) {
      this.#crossings.delete(measure.id);
      return NOTHING;
    }
    this.#crossings.set(measure.id, crossing);
    return { level, crossing };
  }

  /** A copy of the state, to be kept or inspected. */
  state(): JudgeState {
    return structuredClone(Object.fromEntries(this.#states));
  }

  /** Undefined where the level neither applies nor begins. */
  #judgeLevel(
    reading: EntityReading,
    measure: Measure,
    level: Level,
    limits: Limits,
    sustained: number,
  ): Crossing | undefined {
    const levels = this.#states.get(measure.id);
    const known = levels?.[level];
    if (known?.active) {
      const value = reading.values[measure.id]!;
      if (!hasRecovered(reading, measure, level, limits, known)) {
        return { level, basis: isBeyond(measure, value, limits[level]) ? "window" : "held" };
      }
    }
    const crossed = crossedBy(reading, measure, level, limits);
    if (crossed !== undefined) {
      const state = known ?? { streak: 0, active: false, calmSince: undefined, insideSince: undefined };
      state.streak += 1;
      state.calmSince = undefined;
      state.insideSince = undefined;
      if (state.streak >= sustained) state.active = true;
      if (known === undefined) this.#states.set(measure.id, { ...levels, [level]: state });
      return crossed;
    }
    if (known === undefined) return undefined;
    const { [level]: _, ...others } = levels!;
    if (Object.keys(others).length === 0) this.#states.delete(measure.id);
    else this.#states.set(measure.id, others);
    return undefined;
  }
}

/** Whether an entity's values, and nothing before, show that a level applies. */
export function judgeOnce(reading: EntityReading, measure: Measure, limits: Limits | undefined): Judged {
  return new LimitJudge().judge(reading, measure, { limits, sustained: 1 });
}

/** The evidence for a level at this instant; undefined without. */
function crossedBy(
  reading: EntityReading,
  measure: Measure,
  level: Level,
  limits: Limits,
): Crossing | undefined {
  const { values, windowMs } = reading;
  const limit = limits[level]!;
  const value = values[measure.id]!;
  const share = shareOf(reading, measure, limit);
  if (share === undefined) {
    return isBeyond(measure, value, limit) && hasEvidence(measure, level, values)
      ? { level, basis: "window" }
      : undefined;
  }
  if (share.isQuiet) return undefined;
  const isLowest = LEVELS.find((each) => limits[each] !== undefined) === level;
  const { count, of } = share.within(windowMs);
  // One value, and a bad one: better than to call that healthy, but no more than the lowest level.
  if (isLowest && of > 0 && count === of) return { level, basis: "window" };
  if (isFewOf(measure, of) && !isLowest) return undefined;
  if (isSurelyAbove(count, of, share.allowed))
    return isOver(reading, share) ? undefined : { level, basis: "window" };

  const recentMs = recentWindowMs(reading);
  if (recentMs === undefined || count < LEAST_BAD) return undefined;
  // Spares the count where the last seconds cannot show it, not even with half of their usual traffic.
  if (!isSurelyAbove(count, Math.max(count, (of * recentMs) / windowMs / 2), share.allowed)) return undefined;
  const recent = share.within(recentMs);
  if (isFewOf(measure, recent.of) && !isLowest) return undefined;
  if (!isSurelyAbove(recent.count, recent.of, share.allowed)) return undefined;
  if (isBeyond(measure, value, limit)) return { level, basis: "recent" };
  return { level, basis: "recent", recent: valueOfShare(measure, recent) };
}

/**
 * Where values are rare, enough of them to tell may only be there when the trouble is over: a level does not begin with
 * a good value.
 */
function isOver({ cadenceMs }: EntityReading, { within }: Share): boolean {
  if (cadenceMs <= RECENT_MS / RECENT_OBSERVATIONS) return false;
  const newest = within(cadenceMs);
  return newest.of > 0 && newest.count === 0;
}

/** With so few values a rule does not fire, and no level but the lowest applies. */
function isFewOf({ minSamples }: Measure, of: number): boolean {
  return minSamples !== undefined && of < minSamples;
}

/** The value of a measure of a proportion. */
function valueOfShare({ worse, scale = 1 }: Measure, { count, of }: Proportion): number {
  return scale * (worse === "up" ? count / of : 1 - count / of);
}

/** How a limit is one on a share of bad values. */
interface Share {
  /** The share that the limit allows, 0..1. */
  readonly allowed: number;
  /** No window can show that it is crossed: spares the count. */
  readonly isQuiet: boolean;
  readonly within: (windowMs: number) => Proportion;
}

const NO_VALUES: Proportion = { count: 0, of: 0 };

/** Undefined where the measure is no share of counts and no percentile, or its counts cannot be read. */
function shareOf(reading: EntityReading, measure: Measure, limit: number): Share | undefined {
  const { values, windowMs, at, more } = reading;
  const { proportion } = measure;
  if (proportion !== undefined) {
    const count = values[proportion.of]! || 0;
    const own = { count, of: values[proportion.to]! || 0 };
    return {
      allowed: allowedShare(measure, limit),
      isQuiet: count === 0,
      within: (ms) => (ms === windowMs ? own : (more?.beyond(measure, limit, ms, at) ?? NO_VALUES)),
    };
  }
  const value = values[measure.id]!;
  const read = relatedTo(reading, measure);
  if (more === undefined || read?.read.type !== "statistic" || !isPercentile(read.read.stat))
    return undefined;
  // The limit of a relative measure, in the unit of what it is relative to.
  const bound = read === measure ? limit : (limit * values[read.id]!) / value;
  return {
    allowed: 1 - Number(read.read.stat.slice(1)) / 100,
    isQuiet: !isBeyond(measure, value, limit),
    within: (ms) => more.beyond(read, bound, ms, at) ?? NO_VALUES,
  };
}

/** The measure whose values a limit is about: itself, or the one that a relative measure reads. */
function relatedTo({ kind }: EntityReading, measure: Measure): Measure | undefined {
  const { read } = measure;
  return read.type === "relative" ? kind.measures.find(({ id }) => id === read.measure) : measure;
}

/** The last seconds; undefined where the window is hardly longer. */
function recentWindowMs({ windowMs, cadenceMs }: EntityReading): number | undefined {
  const recentMs = Math.max(RECENT_MS, RECENT_OBSERVATIONS * cadenceMs);
  return recentMs * 2 <= windowMs ? recentMs : undefined;
}

/** Whether an active level ends. Notes since when it has been calm. */
function hasRecovered(
  reading: EntityReading,
  measure: Measure,
  level: Level,
  limits: Limits,
  state: LevelState,
): boolean {
  const { values, at, windowMs, gaps } = reading;
  const value = values[measure.id]!;
  const recovery = recoveryOf(measure, limits, level);
  const { proportion } = measure;
  // Without values nothing can be said against it.
  if (Number.isNaN(value)) return true;
  if (isBeyond(measure, value, limits[level])) state.insideSince = undefined;
  else {
    state.insideSince ??= at;
    if (observedMs(state.insideSince, at, gaps) >= INSIDE_HOLD_MS) return true;
  }
  let holdMs = 0;
  if (proportion !== undefined) {
    const of = values[proportion.to]! || 0;
    if (of === 0) return true;
    const count = values[proportion.of]! || 0;
    if (count > of * allowedShare(measure, recovery)) return stillTroubled(state);
    if (isSurelyBelow(count, of, allowedShare(measure, recovery))) return true;
    holdMs = Math.min(windowMs, SHARE_HOLD_MS);
  } else {
    if (isBeyond(measure, value, recovery)) return stillTroubled(state);
    // Of a wait that ended it is not known yet whether it ended well.
    if (measure.samples !== undefined || measure.waiting !== undefined)
      holdMs = Math.min(windowMs, SHARE_HOLD_MS);
    else if (measure.sustained !== undefined && measure.breach === undefined) holdMs = VALUE_HOLD_MS;
  }
  state.calmSince ??= at;
  return observedMs(state.calmSince, at, gaps) >= holdMs;
}

function stillTroubled(state: LevelState): false {
  state.calmSince = undefined;
  return false;
}
