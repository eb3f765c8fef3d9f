import type { Config } from "../config/types.ts";
import type { Alert } from "../core/alert.ts";
import type { EntityKind, Link } from "../core/entity.ts";
import type { Health } from "../core/health.ts";
import type { Limits, Values } from "../core/measure.ts";
import type { Labels } from "../core/metric.ts";
import type { Failure } from "../core/observation.ts";
import type { Params } from "../core/params.ts";
import type { AnyFaultKind } from "../faults/types.ts";
import type { Bucket } from "../store/types.ts";
import type { AnyActionKind } from "../worlds/types.ts";

/** An entity as it stood at a tick. Plain data. */
export interface EntitySnapshot {
  readonly name: string;
  /** The name of its entity kind. */
  readonly kind: string;
  /** Where its observations come from: a world instance or a kind of source. */
  readonly origin: string;
  readonly labels: Labels;
  readonly links: readonly Link[];
  /** The entities that link to this one. */
  readonly linkedFrom: readonly Link[];
  readonly health: Health;
  /** Why it is not healthy, in words with numbers; empty when it is. */
  readonly reasons: readonly string[];
  /** Since when its health has been what it is, ms since the epoch. */
  readonly healthSince: number;
  /** The window that its values cover, ms. */
  readonly windowMs: number;
  /** By measure id; NaN where a value is not known. Without the measures that are `onDemand`. */
  readonly values: Values;
  /** The limits it is judged by, by measure id. */
  readonly limits: Readonly<Record<string, Limits>>;
  /** The newest observation of any kind, ms since the epoch. */
  readonly lastSeenAt: number | undefined;
  readonly failures: readonly Failure[];
  /** True, or the sentence that says why no fault can be injected. */
  readonly breakable: true | string;
  /** What its origin could not do, if anything. */
  readonly problem: string | undefined;
}

/** What became of one injected fault. Times are ms since the epoch, lengths in ms. */
export interface FaultCard {
  readonly id: number;
  readonly entity: string;
  readonly kind: string;
  readonly params: Params;
  /** "latency +800 ms" */
  readonly label: string;
  readonly injectedAt: number;
  /** When it will end by itself. */
  readonly endsAt: number;
  /** When it did end; undefined while it is active. */
  readonly endedAt: number | undefined;
  readonly endedBy: "time" | "operator" | undefined;
  /** The measure that shows the fault: its value before the fault, and the worst since. NaN when unknown. */
  readonly measure: string;
  readonly baseline: number;
  readonly peak: number;
  /** From injection to the first alert it caused; undefined while there is none. */
  readonly detectedAfterMs: number | undefined;
  /** The rule and the entity of that first alert. */
  readonly detectedBy: { readonly rule: string; readonly entity: string } | undefined;
  /** From its end until the entity (and those it spread to) were healthy again; 0 if they always were. */
  readonly healedAfterMs: number | undefined;
  /** Other entities whose health got worse while it was active: those that depend on this one. */
  readonly spreadTo: readonly string[];
}

export type EventKind = "health" | "alert" | "fault" | "action" | "monitor";

/** One line of the event log. */
export interface MonitorEvent {
  readonly id: number;
  readonly at: number;
  readonly kind: EventKind;
  readonly entity: string | undefined;
  readonly text: string;
  /** How much attention the line wants, as a health. */
  readonly tone: Health;
}

/** The monitor's own state, apart from the entities' trouble. */
export interface SelfSnapshot {
  /** How late the newest tick began, ms, and the worst of the last minute. */
  readonly lagMs: number;
  readonly worstLagMs: number;
  /** Ticks that never happened since the start: the machine slept or was too busy. */
  readonly skippedTicks: number;
  /** How long the newest tick took, ms; 0 on a virtual clock. */
  readonly tickMs: number;
  readonly storeBytes: number;
  readonly series: number;
  /** See StoreSelf. */
  readonly rejected: number;
  readonly late: number;
  readonly labelSets: number;
  readonly labelSetsDropped: number;
  readonly droppedLabels: readonly string[];
  readonly expired: number;
  /** Transitions of alerts and changes of faults that are kept, from which the past is put together. */
  readonly logEntries: number;
}

/** The name of the active config, and what is wrong with a newer one that was refused. */
export interface ConfigState {
  readonly name: string;
  readonly problem: string | undefined;
}

/** The immutable state of everything after a tick. Plain data: the past is read through `History`. */
export interface Snapshot {
  readonly tick: number;
  /** ms since the epoch */
  readonly at: number;
  readonly startedAt: number;
  readonly tickMs: number;
  readonly windowMs: number;
  readonly health: Health;
  readonly counts: Readonly<Record<Health, number>>;
  /** In the order of the config. */
  readonly entities: readonly EntitySnapshot[];
  /** Pending and firing ones first, then resolved; newest first within each. */
  readonly alerts: readonly Alert[];
  /** Active faults first, then ended; newest first within each. */
  readonly faults: readonly FaultCard[];
  /** Newest first. */
  readonly events: readonly MonitorEvent[];
  readonly self: SelfSnapshot;
  readonly config: ConfigState;
}

/** What a value over time is asked for. Times in ms since the epoch. */
export interface HistoryQuery {
  /** First and last instant a value is wanted for; both are points of the answer. */
  readonly from: number;
  readonly to: number;
  /** Number of points, evenly spaced. */
  readonly points: number;
  /** Each point covers the window of this length that ends there, ms. */
  readonly windowMs: number;
}

/** The statistic that a chart of a gauge wants instead of the measure's own. */
export type Spread = "min" | "mean" | "max";

/** Labels that distinguish the observations of one entity. */
export interface LabelSet {
  readonly labels: Labels;
}

/**
 * The past. Every question carries its own times, so that a screen that is paused gets the same answer again.
 * `entity` may be FLEET for measures of histograms that are kept for the whole fleet.
 */
export interface History {
  /** The values of all measures of an entity over the window that ends at `at`; see EntitySnapshot.values. */
  values(entity: string, windowMs: number, at: number, labels?: Labels): Values;
  /** One measure, also one that is `onDemand`. NaN when it is not known. */
  value(entity: string, measure: string, windowMs: number, at: number, labels?: Labels): number;
  /** One measure over time; NaN where nothing is known. `spread` applies to measures of gauges. */
  series(entity: string, measure: string, query: HistoryQuery, spread?: Spread): Float64Array;
  /** The non-empty buckets of the histogram behind a measure, rising; empty for measures of anything else. */
  distribution(entity: string, measure: string, windowMs: number, at: number): readonly Bucket[];
  /** The label sets that an entity's observations carried, in the order in which they were first seen. */
  labelSets(entity: string): readonly LabelSet[];
  /**
   * The worst health of an entity in each of `points` equal steps from `from` to `to`; `unknown` where it was
   * not watched.
   */
  healths(entity: string, from: number, to: number, points: number): readonly Health[];
  /** Changes when an entity was removed and added again: what was remembered of its past is void. */
  generation(entity: string): number;
}

/** What an operator can do. */
export type Command =
  | {
      readonly type: "inject";
      readonly entity: string;
      readonly kind: string;
      readonly params: Params;
      readonly ttlMs: number;
    }
  | { readonly type: "clear"; readonly entity: string }
  | { readonly type: "clear-all" }
  | { readonly type: "act"; readonly entity: string; readonly action: string; readonly params: Params };

/** What became of a command: done, or the plain sentence that says why not. */
export type Outcome =
  | { readonly done: true; readonly text: string }
  | { readonly done: false; readonly text: string };

/** What is registered, as far as screens and reports need it. */
export interface Kinds {
  /** Every entity kind by name. */
  readonly entities: ReadonlyMap<string, EntityKind>;
  /** In the order of the menu. */
  readonly faults: readonly AnyFaultKind[];
  readonly actions: readonly AnyActionKind[];
}

export interface Monitor {
  readonly kinds: Kinds;
  readonly history: History;
  start(): void;
  /** Ends every timer, source and fault. */
  stop(): void;
  /** The newest snapshot; the same object between two publishes. */
  snapshot(): Snapshot;
  /**
   * Everything as it stood at an instant (ms since the epoch): entities, health, alerts, faults and events move
   * together. The newest snapshot for now and later, the first that is known for what was before.
   */
  snapshotAt(at: number): Snapshot;
  /** Calls `listener` after every publish; returns what ends that. A listener that throws is removed. */
  subscribe(listener: () => void): () => void;
  dispatch(command: Command): Outcome;
  /** Takes over a new config: what it keeps goes on with its history. */
  reconfigure(config: Config): void;
  /** A newer config was found wrong: says so on screen and goes on with the active one. */
  refuseConfig(problem: string): void;
}

export { FLEET } from "../store/types.ts";
export type { AnyActionKind, AnyFaultKind };
