import type { EntityKind } from "../core/entity.ts";
import type { Limits, Values } from "../core/measure.ts";
import type { LifeSignState } from "../core/observation.ts";

/** All that health and rules may know of an entity at one instant. Times are ms since the epoch. */
export interface EntityReading {
  readonly entity: string;
  readonly kind: EntityKind;
  readonly at: number;
  readonly windowMs: number;
  /** By measure id; NaN where a value is not known. */
  readonly values: Values;
  /** By measure id. */
  readonly limits: Readonly<Record<string, Limits>>;
  /** The newest observation of any kind; undefined: never seen. */
  readonly lastSeenAt: number | undefined;
  readonly lifeSigns: readonly LifeSignState[];
  /** Since when the monitor has been watching without a gap: its start, or its waking after a sleep. */
  readonly watchedSince: number;
  /** How often its origin means to observe it, ms; what "missing" and "stale" are measured against. */
  readonly cadenceMs: number;
  /** Without any observation for this long it is unknown, ms; undefined: the default. */
  readonly staleAfterMs: number | undefined;
}
