import type { Values } from "../../core/measure.ts";
import type { EntitySnapshot, FaultCard, History, Snapshot } from "../../monitor/types.ts";

/** A stretch of time: after `from`, up to `to`; ms since the epoch. */
export interface Phase {
  readonly from: number;
  readonly to: number;
}

/** The time before, during and after a fault; undefined where there has been none. */
export interface Phases {
  readonly before: Phase | undefined;
  readonly during: Phase | undefined;
  readonly after: Phase | undefined;
}

/** How far back "before" looks, ms, unless the entity's own window is longer. */
const BEFORE_MS = 60_000;

/** How finely the past is kept, by its age, ms: a window counts every slot of this length that it touches. */
const GRAINS = [
  { age: 15 * 60_000, grain: 1000 },
  { age: 4 * 3_600_000, grain: 10_000 },
] as const;
const COARSEST = 60_000;

/**
 * The phases of a fault as known at `at`. Those without the fault keep clear of the slots in which it began
 * and ended: one second of it in sixty would already be their 99th percentile.
 * @param windowMs the own window of the entity that has the fault
 * @param now the newest instant there is, from which the age of the past counts
 */
export function phasesOf(
  { injectedAt, endedAt }: FaultCard,
  { at, startedAt }: Pick<Snapshot, "at" | "startedAt">,
  windowMs: number,
  now: number,
): Phases {
  const lookBack = Math.max(BEFORE_MS, windowMs);
  const grain = grainAt(injectedAt - lookBack, now);
  const beforeTo = Math.floor(injectedAt / grain) * grain;
  return {
    before: phase(Math.max(startedAt, beforeTo - lookBack), beforeTo),
    during: phase(injectedAt, endedAt ?? at),
    after: endedAt === undefined ? undefined : afterOf(injectedAt, endedAt, at, now),
  };
}

/** As long as the fault was, and at least one slot. */
function afterOf(injectedAt: number, endedAt: number, at: number, now: number): Phase | undefined {
  const grain = grainAt(endedAt, now);
  const from = Math.ceil(endedAt / grain) * grain;
  return phase(from, Math.min(at, Math.max(from + grain, 2 * endedAt - injectedAt)));
}

function phase(from: number, to: number): Phase | undefined {
  return to > from ? { from, to } : undefined;
}

function grainAt(instant: number, now: number): number {
  return GRAINS.find(({ age }) => now - instant < age)?.grain ?? COARSEST;
}

/** The values of an entity in a phase; undefined for a phase that has not been. */
export function valuesIn(history: History, entity: string, phase: Phase | undefined): Values | undefined {
  return phase && history.values(entity, phase.to - phase.from, phase.to);
}

/** Above this many entities only those near the fault are compared, with others to fill up: each costs two windows. */
const MOST_COMPARED = 100;

/** The entities to compare: all of them, or of many first those that the fault can have touched. */
export function comparedEntities(
  card: FaultCard,
  entities: readonly EntitySnapshot[],
): readonly EntitySnapshot[] {
  if (entities.length <= MOST_COMPARED) return entities;
  const near = ({ name, links, linkedFrom }: EntitySnapshot) =>
    name === card.entity ||
    card.spreadTo.includes(name) ||
    links.some(({ to }) => to === card.entity) ||
    linkedFrom.some(({ to }) => to === card.entity);
  return [...entities.filter(near), ...entities.filter((entity) => !near(entity))].slice(0, MOST_COMPARED);
}
