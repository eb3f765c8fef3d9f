import type { EntityKind } from "../../core/entity.ts";
import type { Measure, Values } from "../../core/measure.ts";
import type { EntitySnapshot, FaultCard, History, Snapshot, Spread } from "../../monitor/types.ts";
import { readsOnly } from "../charts/measure-reads.ts";
import { measureOf } from "../text/values.ts";

/** A time range: after `from`, up to `to`; ms since the epoch. */
export interface Phase {
  readonly from: number;
  readonly to: number;
}

/** The time before, during and after a fault; undefined for missing phases. */
export interface Phases {
  readonly before: Phase | undefined;
  readonly during: Phase | undefined;
  readonly after: Phase | undefined;
}

/** The length of the phase before, ms, unless the entity's window is longer. */
const BEFORE_MS = 60_000;

/** The slot length of the store by age, ms: a window includes every slot that it overlaps. */
const SLOT_LENGTHS = [
  { age: 15 * 60_000, slot: 1000 },
  { age: 4 * 3_600_000, slot: 10_000 },
] as const;
const COARSEST = 60_000;

/**
 * The phases of a fault as known at `at`. The phases before and after exclude the slots in which it started
 * and ended: one second of it in sixty would already determine their 99th percentile.
 * @param windowMs the window of the entity with the fault
 * @param now the newest instant, the reference for the age of the past
 */
export function phasesOf(
  { injectedAt, endedAt }: FaultCard,
  { at, startedAt }: Pick<Snapshot, "at" | "startedAt">,
  windowMs: number,
  now: number,
): Phases {
  const lookBack = Math.max(BEFORE_MS, windowMs);
  const slot = slotAt(injectedAt - lookBack, now);
  const beforeTo = Math.floor(injectedAt / slot) * slot;
  return {
    before: phase(Math.max(startedAt, beforeTo - lookBack), beforeTo),
    during: phase(injectedAt, endedAt ?? at),
    after: endedAt === undefined ? undefined : afterOf(injectedAt, endedAt, at, now),
  };
}

/** As long as the fault, at least one slot. */
function afterOf(injectedAt: number, endedAt: number, at: number, now: number): Phase | undefined {
  const slot = slotAt(endedAt, now);
  const from = Math.ceil(endedAt / slot) * slot;
  return phase(from, Math.min(at, Math.max(from + slot, 2 * endedAt - injectedAt)));
}

function phase(from: number, to: number): Phase | undefined {
  return to > from ? { from, to } : undefined;
}

function slotAt(instant: number, now: number): number {
  return SLOT_LENGTHS.find(({ age }) => now - instant < age)?.slot ?? COARSEST;
}

/**
 * The values of an entity in a phase; undefined for a missing phase. Gauges are averaged over the phase: their
 * last value may already be that of the time after it.
 */
export function valuesIn(
  history: History,
  kind: EntityKind,
  entity: string,
  phase: Phase | undefined,
): Values | undefined {
  if (phase === undefined) return undefined;
  const { from, to } = phase;
  const query = { from, to, points: 2, windowMs: to - from };
  const gauges = comparedMeasures(kind).filter((measure) => readsOnly(kind, measure, "gauge"));
  const means = gauges.map(
    (measure) => [measure.id, history.series(entity, measure.id, query, spreadOf(measure))[1]!] as const,
  );
  return { ...history.values(entity, to - from, to), ...Object.fromEntries(means) };
}

/** A measure of an extreme stays one. */
function spreadOf({ read }: Measure): Spread {
  const stat = read.type === "statistic" ? read.stat : undefined;
  return stat === "min" || stat === "max" ? stat : "mean";
}

/** The measures that are compared, the most important first. */
export function comparedMeasures(kind: EntityKind): readonly Measure[] {
  return kind.compared.map((id) => measureOf(kind, id)).filter((measure) => measure !== undefined);
}

/**
 * Above this many entities only those near the fault are compared, filled up with others, because each costs
 * two window reads.
 */
const MAX_COMPARED = 100;

/** The entities to compare: all, or with many entities first those the fault may have affected. */
export function comparedEntities(
  card: FaultCard,
  entities: readonly EntitySnapshot[],
): readonly EntitySnapshot[] {
  if (entities.length <= MAX_COMPARED) return entities;
  const near = ({ name, links, linkedFrom }: EntitySnapshot) =>
    name === card.entity ||
    card.spreadTo.includes(name) ||
    links.some(({ to }) => to === card.entity) ||
    linkedFrom.some(({ to }) => to === card.entity);
  return [...entities.filter(near), ...entities.filter((entity) => !near(entity))].slice(0, MAX_COMPARED);
}
