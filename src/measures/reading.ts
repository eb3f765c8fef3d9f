import type { EntityKind } from "../core/entity.ts";
import type { Gap } from "../core/gaps.ts";
import type { Limits, Measure, Values } from "../core/measure.ts";
import type { Labels } from "../core/metric.ts";
import type { LifeSignState } from "../core/observation.ts";
import type { Proportion } from "../core/proportion.ts";
import type { Crossing } from "./crossing.ts";

/** The input of health and rules for an entity at one instant. Times are ms since the epoch. */
export interface EntityReading {
  readonly entity: string;
  readonly kind: EntityKind;
  /** Absent: none. */
  readonly labels?: Labels;
  readonly at: number;
  readonly windowMs: number;
  /** By measure id; NaN for unknown values. */
  readonly values: Values;
  /** By measure id. */
  readonly limits: Readonly<Record<string, Limits>>;
  /** The newest observation of any kind; undefined: never seen. */
  readonly lastSeenAt: number | undefined;
  readonly lifeSigns: readonly LifeSignState[];
  /** Since when the entity has been monitored. */
  readonly watchedSince: number;
  /** When the monitor did not run, in order: this time does not count as silence. */
  readonly gaps: readonly Gap[];
  /** How often its origin should observe it, ms; the base of "missing" and "stale". */
  readonly cadenceMs: number;
  /** How long one observation may take, ms; undefined: no time. */
  readonly timeoutMs?: number | undefined;
  /** Without an observation for this long it is unknown, ms; undefined: the default. */
  readonly staleAfterMs: number | undefined;
  /** Reads more of the entity where a verdict needs it. Without it values are taken as they are. */
  readonly more?: MoreReading;
  /** Why nothing is known of it, once health has judged that: "no data for 40s". Absent while something is known. */
  readonly unknown?: string;
  /** The verdict on its own limits, once health has judged it; see LimitJudge. Valid until the next evaluation. */
  readonly crossings?: ReadonlyMap<string, Crossing>;
}

/** What costs too much to be read for every entity at every tick. */
export interface MoreReading {
  /**
   * One measure, also one on demand, over the window of `windowMs` that ends at `at` (ms since the epoch); NaN when it
   * is unknown.
   */
  value(id: string, windowMs: number, at: number): number;
  /** See EntityMeasures.beyond. */
  beyond(measure: Measure, limit: number, windowMs: number, at: number): Proportion | undefined;
}
