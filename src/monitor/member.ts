import type { Catalog } from "../catalog/index.ts";
import type { EntityConfig, OriginConfig } from "../config/types.ts";
import type { EntityKind } from "../core/entity.ts";
import type { Gap } from "../core/gaps.ts";
import type { Health } from "../core/health.ts";
import type { Values } from "../core/measure.ts";
import { HealthJudge } from "../health/assess.ts";
import { type Baselines, createBaselines } from "../measures/baselines.ts";
import { EntityMeasures, type ReadPlans } from "../measures/entity-measures.ts";
import type { EntityReading } from "../measures/reading.ts";
import type { Store, StoreReader } from "../store/types.ts";
import type { EntitySnapshot } from "./types.ts";
import { noVerdict, type Verdict } from "./verdict.ts";

/** A gauge is unknown after this long without an update, ms, but at least three observations. */
export const FRESH_MS = 5_000;
const FRESH_OBSERVATIONS = 3;

/** A monitored entity and its state at the newest tick. */
export interface Member {
  readonly config: EntityConfig;
  readonly kind: EntityKind;
  readonly origin: OriginConfig;
  readonly breakable: true | string;
  readonly measures: EntityMeasures;
  readonly judge: HealthJudge;
  /** What its values usually are; undefined where no measure of its kind asks for that. */
  readonly baselines: Baselines | undefined;
  /** Since when it has been monitored, ms since the epoch. */
  watchedSince: number;
  verdict: Verdict;
  /** Its health before the newest gap, until it has that health again: no change to report. */
  healthBeforeGap: Health | undefined;
  /** Whether its health was ever known: that it is healthy at first sight is no news. */
  wasKnown: boolean;
  /** Undefined before the first assessment. */
  snapshot: EntitySnapshot | undefined;
}

/** The observations of an entity, as shown in its snapshot. */
export type Observed = Pick<EntitySnapshot, "values" | "covers" | "failures" | "lastSeenAt">;

/**
 * Creates the member for a new entity at `now` (ms since the epoch), or for a known one with a new config.
 * @param known its previous member
 */
export function createMember(
  config: EntityConfig,
  origin: OriginConfig,
  known: Member | undefined,
  now: number,
  { catalog, store, plans }: { catalog: Catalog; store: Store; plans: ReadPlans },
): Member {
  const kind = catalog.entities.get(config.kind);
  if (kind === undefined) throw new Error(`unknown entity kind ${config.kind}`);
  store.recorder(config.name);
  const freshMs = Math.max(FRESH_MS, FRESH_OBSERVATIONS * config.cadenceMs);
  return {
    config,
    kind,
    origin,
    breakable: (origin.type === "source" && catalog.sources.get(origin.kind)?.breakable) || true,
    measures: new EntityMeasures(config.name, kind, store, plans, config.limits, freshMs),
    judge: known?.judge ?? new HealthJudge(),
    baselines: known?.baselines?.isFor(kind, config.windowMs)
      ? known.baselines
      : createBaselines(kind, config.name, config.windowMs),
    watchedSince: known?.watchedSince ?? now,
    verdict: known?.verdict ?? noVerdict(now),
    healthBeforeGap: known?.healthBeforeGap,
    wasKnown: known?.wasKnown ?? false,
    snapshot: known?.snapshot,
  };
}

/** The input of health and rules for an entity at `now`. */
export function readMember(
  { config, kind, measures, watchedSince, judge, baselines, verdict }: Member,
  store: StoreReader,
  now: number,
  gaps: readonly Gap[],
) {
  const { name, windowMs, limits, cadenceMs, timeoutMs, staleAfterMs } = config;
  const values = measures.values(windowMs, now);
  baselines?.follow(values, now, verdict.health === "healthy");
  const reading: EntityReading = {
    entity: name,
    kind,
    labels: config.labels,
    at: now,
    windowMs,
    values,
    limits,
    lastSeenAt: store.lastSeen(name),
    lifeSigns: store.lifeSigns(name),
    watchedSince,
    gaps,
    cadenceMs,
    timeoutMs,
    staleAfterMs,
    more: measures,
    crossings: judge.crossings,
  };
  return reading;
}

/** What the store knows about an instant: the newest tick, or a past one. @param lastSeenAt see EntitySnapshot */
export function observedAt(
  { config: { name, windowMs } }: Member,
  store: StoreReader,
  at: number,
  values: Values,
  lastSeenAt: number | undefined,
): Observed {
  return {
    values,
    lastSeenAt,
    covers: store.covered(name, windowMs, at),
    failures: store.failures(name, at),
  };
}

/** When it was last seen by a past instant, if the window up to that instant shows it. */
export function seenBy(values: Values, at: number): number | undefined {
  const wasSeen = Object.values(values).some((value) => value !== 0 && !Number.isNaN(value));
  return wasSeen ? at : undefined;
}
