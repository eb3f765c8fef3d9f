import type { Catalog } from "../catalog/index.ts";
import type { EntityConfig, OriginConfig } from "../config/types.ts";
import type { EntityKind } from "../core/entity.ts";
import { assessOnce, HealthJudge } from "../health/assess.ts";
import { EntityMeasures, type ReadPlans } from "../measures/entity-measures.ts";
import type { EntityReading } from "../measures/reading.ts";
import type { Store, StoreReader } from "../store/types.ts";
import { Timeline } from "./timeline.ts";
import type { EntitySnapshot } from "./types.ts";
import { noVerdict, type Verdict } from "./verdict.ts";

/** Transitions that are kept per entity. */
const TRANSITIONS = 4_000;
/** A gauge that has not been set for so long is not known any more: at least this, ms, or three observations. */
export const FRESH_MS = 5_000;
const FRESH_OBSERVATIONS = 3;

/** An entity that is watched, with what the newest tick found. */
export interface Member {
  readonly config: EntityConfig;
  readonly kind: EntityKind;
  readonly origin: OriginConfig;
  readonly breakable: true | string;
  readonly measures: EntityMeasures;
  readonly judge: HealthJudge;
  /** How it was judged over time. */
  readonly verdicts: Timeline<Verdict>;
  /** Since when it has been observed without a gap, ms since the epoch. */
  watchedSince: number;
  verdict: Verdict;
  /** Undefined until it is first judged. */
  snapshot: EntitySnapshot | undefined;
}

/** What was observed of an entity, as its snapshot shows it. */
export type Observed = Pick<EntitySnapshot, "values" | "failures" | "lastSeenAt">;

/**
 * An entity that begins to be watched at `now` (ms since the epoch), or goes on with another config.
 * @param known the same entity before
 */
export function createMember(
  config: EntityConfig,
  origin: OriginConfig,
  known: Member | undefined,
  now: number,
  { catalog, store, plans }: { catalog: Catalog; store: Store; plans: ReadPlans },
): Member {
  const kind = catalog.entities.get(config.kind);
  if (kind === undefined) throw new Error(`there is no entity kind ${config.kind}`);
  store.recorder(config.name);
  const freshMs = Math.max(FRESH_MS, FRESH_OBSERVATIONS * config.cadenceMs);
  return {
    config,
    kind,
    origin,
    breakable: (origin.type === "source" && catalog.sources.get(origin.kind)?.breakable) || true,
    measures: new EntityMeasures(config.name, kind, store, plans, config.limits, freshMs),
    judge: known?.judge ?? new HealthJudge(),
    verdicts: known?.verdicts ?? new Timeline<Verdict>(TRANSITIONS),
    watchedSince: known?.watchedSince ?? now,
    verdict: known?.verdict ?? noVerdict(now),
    snapshot: known?.snapshot,
  };
}

/** All that health and rules may know of an entity at `now`. */
export function readMember(
  { config, kind, measures, watchedSince }: Member,
  store: StoreReader,
  now: number,
) {
  const { name, windowMs, limits, cadenceMs, staleAfterMs } = config;
  const reading: EntityReading = {
    entity: name,
    kind,
    at: now,
    windowMs,
    values: measures.values(windowMs, now),
    limits,
    lastSeenAt: store.lastSeen(name),
    lifeSigns: store.lifeSigns(name),
    watchedSince,
    cadenceMs,
    staleAfterMs,
  };
  return reading;
}

/** What the store still knows of an instant that is over. */
export function observedAt({ config: { name, windowMs }, measures }: Member, store: StoreReader, at: number) {
  const values = measures.values(windowMs, at);
  const failures = store.failures(name).filter((failure) => failure.at <= at);
  const wasSeen = Object.values(values).some((value) => value !== 0 && !Number.isNaN(value));
  const observed: Observed = { values, failures, lastSeenAt: wasSeen ? at : undefined };
  return observed;
}

/** The verdict of a past instant with the numbers of that very instant, where they lead to the same health. */
export function verdictAt(
  { config, kind, verdicts, watchedSince }: Member,
  observed: Observed,
  at: number,
): Verdict {
  const verdict = verdicts.at(at) ?? noVerdict(at);
  if (verdict.problem !== undefined || observed.lastSeenAt === undefined) return verdict;
  const { name, windowMs, limits, cadenceMs, staleAfterMs } = config;
  const { health, reasons } = assessOnce({
    entity: name,
    kind,
    at,
    windowMs,
    values: observed.values,
    limits,
    lastSeenAt: at,
    lifeSigns: [],
    watchedSince,
    cadenceMs,
    staleAfterMs,
  });
  return health === verdict.health ? { ...verdict, reasons } : verdict;
}
