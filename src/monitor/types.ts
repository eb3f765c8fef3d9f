import type { MaintenanceSnapshot } from "../alerts/maintenance/windows.ts";
import type { Silence } from "../alerts/silences.ts";
import type { Transition } from "../alerts/transition-log.ts";
import type { Config } from "../config/types.ts";
import type { Alert, Severity } from "../core/alert.ts";
import type { EntityKind, Link } from "../core/entity.ts";
import type { Health } from "../core/health.ts";
import type { Incident, IncidentStatistics } from "../core/incident.ts";
import type { LogLevel, LogRecord } from "../core/log.ts";
import type { Level, Limits, Values } from "../core/measure.ts";
import type { Labels } from "../core/metric.ts";
import type { NotificationSnapshot } from "../core/notification.ts";
import type { Failure } from "../core/observation.ts";
import type { Params } from "../core/params.ts";
import type { AnyFaultKind } from "../faults/types.ts";
import type { Bucket, Covered, WorstColumns, WorstQuery } from "../store/types.ts";
import type { AnyActionKind } from "../worlds/types.ts";

import type { Command, Operator, Outcome } from "./commands.ts";

/** The state of an entity at a tick. Plain data. */
export interface EntitySnapshot {
  readonly name: string;
  /** The name of its entity kind. */
  readonly kind: string;
  /** Where its observations come from: a world instance or a source kind. */
  readonly origin: string;
  readonly labels: Labels;
  readonly links: readonly Link[];
  /** The entities that link to this one. */
  readonly linkedFrom: readonly Link[];
  readonly health: Health;
  /** Why it is not healthy, with values; empty if it is. */
  readonly reasons: readonly string[];
  /** The level of each measure that makes it so. */
  readonly levels: Readonly<Record<string, Level>>;
  /** Since when it has had its current health, ms since the epoch. */
  readonly healthSince: number;
  /** The window of its values, ms. */
  readonly windowMs: number;
  /** What its values really cover: in the past it may be other, longer slots than its window. */
  readonly covers: Covered;
  /** By measure id; NaN for unknown values. Without `onDemand` measures. */
  readonly values: Values;
  /** Its limits, by measure id. */
  readonly limits: Readonly<Record<string, Limits>>;
  /** The newest observation of any kind, ms since the epoch. */
  readonly lastSeenAt: number | undefined;
  readonly failures: readonly Failure[];
  /** True, or a sentence that says why no fault can be injected. */
  readonly breakable: true | string;
  /** The problem of its origin, if any. */
  readonly problem: string | undefined;
}

/** The report of one injected fault. Times are ms since the epoch, durations in ms. */
export interface FaultCard {
  readonly id: number;
  readonly entity: string;
  readonly kind: string;
  readonly params: Params;
  /** "latency +800 ms" */
  readonly label: string;
  readonly injectedAt: number;
  /** The name of the operator. */
  readonly injectedBy: string;
  /** When it ends automatically. */
  readonly endsAt: number;
  /** When it ended; undefined while active. */
  readonly endedAt: number | undefined;
  readonly endedBy: "time" | "operator" | undefined;
  /**
   * The measure that shows the fault: its value before the fault and its worst value since. NaN if unknown.
   */
  readonly measure: string;
  readonly baseline: number;
  readonly peak: number;
  /** From injection to the first alert it caused; undefined without one. */
  readonly detectedAfterMs: number | undefined;
  /** The rule and entity of that alert. */
  readonly detectedBy: { readonly rule: string; readonly entity: string } | undefined;
  /** From its end until the entity and those it spread to recovered; 0 if they stayed healthy. */
  readonly recoveredAfterMs: number | undefined;
  /** Dependent entities whose health got worse while it was active. */
  readonly spreadTo: readonly string[];
}

export type EventKind = "health" | "alert" | "fault" | "action" | "monitor";

/** One line of the event log. */
export interface MonitorEvent {
  readonly id: number;
  readonly at: number;
  readonly kind: EventKind;
  readonly entity: string | undefined;
  /** The operator who caused it; undefined: the monitor. */
  readonly actor: string | undefined;
  readonly text: string;
  /** The severity of the line, as a health. */
  readonly tone: Health;
}

/** The state of the monitor itself. */
export interface SelfSnapshot {
  /** The delay of the newest tick, ms, and the maximum of the last minute. */
  readonly lagMs: number;
  readonly worstLagMs: number;
  /** How far the times shown are ahead of the system clock, because that was set back, ms. */
  readonly aheadMs: number;
  /** Skipped ticks since the start, because the machine slept or was too busy. */
  readonly skippedTicks: number;
  /** The duration of the newest tick, ms; 0 on a virtual clock. */
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
  readonly failures: number;
  readonly failuresDropped: number;
  /** The number of transitions of verdicts, alerts and faults kept to rebuild past states. */
  readonly logEntries: number;
  /** How many were dropped before they were 48 h old because there was no room. */
  readonly logDropped: number;
  /** What the exact numbers of recent reasons and messages take, bytes. */
  readonly logBytes: number;
  /** The transitions of alerts that are kept, and how many were dropped because there was no room. */
  readonly alertEntries: number;
  readonly alertsDropped: number;
  /** The same for versions of incidents. */
  readonly incidentEntries: number;
  readonly incidentsDropped: number;
}

/** The log of the monitor itself. */
export interface LogSnapshot {
  /** Records of each level since the start. */
  readonly counts: Readonly<Record<LogLevel, number>>;
  /** The newest records, newest first. */
  readonly tail: readonly LogRecord[];
  /** The directory of the log files; undefined: the log is kept in memory only. */
  readonly file: string | undefined;
  /** Why no file is written. */
  readonly problem: string | undefined;
}

/** The name of the active config, and the problem of a newer one that was rejected. */
export interface ConfigState {
  readonly name: string;
  readonly problem: string | undefined;
}

/** One alert rule of the config, and how many alerts of it are active. */
export interface RuleSnapshot {
  /** The name of its alerts; several rules of the config can share it. */
  readonly name: string;
  /** The rule kind, such as LIMIT. */
  readonly kind: string;
  /** "p99 > 300 ms for 30s" */
  readonly condition: string;
  /** The severity, or the severities from the lowest to the highest. */
  readonly severities: readonly Severity[];
  /** Which entities it applies to: "all services", "name =~ pay.*". */
  readonly appliesTo: string;
  readonly enabled: boolean;
  readonly pending: number;
  readonly firing: number;
  /** Why it cannot be evaluated, if so. */
  readonly problem: string | undefined;
}

/** One evaluation of a rule over test values. */
export interface RuleTrialStep {
  /** As it is shown: a share as a percentage. */
  readonly value: string;
  /** The state of the alert after it. */
  readonly state: "inactive" | Alert["state"];
  readonly message: string | undefined;
}

/** The immutable state of the program after a tick. Plain data; read the past through `History`. */
export interface Snapshot {
  readonly tick: number;
  /** ms since the epoch */
  readonly at: number;
  readonly startedAt: number;
  readonly tickMs: number;
  readonly windowMs: number;
  /** What values over `windowMs` really cover, see EntitySnapshot. */
  readonly covers: Covered;
  readonly health: Health;
  readonly counts: Readonly<Record<Health, number>>;
  /** In the order of the config. */
  readonly entities: readonly EntitySnapshot[];
  /** Pending and firing alerts first, then resolved ones, newest first in each group. */
  readonly alerts: readonly Alert[];
  /** Open incidents first, then resolved ones, newest first in each group. */
  readonly incidents: readonly Incident[];
  /** In the order of the config. */
  readonly rules: readonly RuleSnapshot[];
  /** Those that end first, first; expired ones stay for a while. */
  readonly silences: readonly Silence[];
  /** In the order of the config. An open one is also a silence. */
  readonly maintenance: readonly MaintenanceSnapshot[];
  /** Active faults first, then ended ones, newest first in each group. */
  readonly faults: readonly FaultCard[];
  /** Newest first. */
  readonly events: readonly MonitorEvent[];
  /** Undefined: nobody is told about alerts by this monitor. */
  readonly notifications: NotificationSnapshot | undefined;
  readonly self: SelfSnapshot;
  readonly log: LogSnapshot;
  readonly config: ConfigState;
}

/** A query for a measure over time. Times in ms since the epoch. */
export interface HistoryQuery {
  /** First and last instant; both are points of the result. */
  readonly from: number;
  readonly to: number;
  /** Number of points, evenly spaced. */
  readonly points: number;
  /** The window of each point, ending there, ms. */
  readonly windowMs: number;
}

/** The statistic that a chart of a gauge uses instead of that of the measure. */
export type Spread = "min" | "mean" | "max";

/** A label set of one entity. */
export interface LabelSet {
  readonly labels: Labels;
}

/**
 * The past. Every query has its own times, so a paused screen gets the same result again. `entity` can be
 * FLEET for measures of histograms that are recorded for the whole fleet.
 */
export interface History {
  /** The values of all measures of an entity over the window that ends at `at`; see EntitySnapshot.values. */
  values(entity: string, windowMs: number, at: number, labels?: Labels): Values;
  /** One measure, also an `onDemand` one. NaN if unknown. */
  value(entity: string, measure: string, windowMs: number, at: number, labels?: Labels): number;
  /** One measure over time; NaN where there is no data. `spread` applies to measures of gauges. */
  series(entity: string, measure: string, query: HistoryQuery, spread?: Spread): Float64Array;
  /**
   * The worst value of a measure that was published in each column of a chart, with its samples: what the table
   * showed and what health was judged by. Undefined for measures whose published values are not recorded.
   */
  worst(entity: string, measure: string, query: WorstQuery): WorstColumns | undefined;
  /** The non-empty buckets of the histogram behind a measure, rising; empty for measures of anything else. */
  distribution(entity: string, measure: string, windowMs: number, at: number): readonly Bucket[];
  /** The label sets of an entity, in the order in which they were first seen. */
  labelSets(entity: string): readonly LabelSet[];
  /**
   * The worst health of an entity in each of `points` equal steps from `from` to `to`; `unknown` where it
   * was not monitored.
   */
  healths(entity: string, from: number, to: number, points: number): readonly Health[];
  /** All failures of an entity after this instant are kept, ms since the epoch; -Infinity: none was dropped. */
  failuresKeptFrom(entity: string): number;
  /** The kept transitions of one alert by its fingerprint, up to `at` (ms since the epoch), oldest first. */
  alertTimeline(fingerprint: string, at: number): readonly Transition[];
  /** Statistics of the 24 hours that end at `at` (ms since the epoch). */
  incidentStatistics(at: number): IncidentStatistics;
  /** A written summary of an incident as Markdown, for a post-mortem; undefined for an unknown id. */
  incidentSummary(id: number, at: number): string | undefined;
  /** Changes when an entity was removed and added again: caches of its history are then invalid. */
  generation(entity: string): number;
}

/** The part of the catalog that screens and reports need. */
export interface Kinds {
  /** All entity kinds by name. */
  readonly entities: ReadonlyMap<string, EntityKind>;
  /** In the order of the menu. */
  readonly faults: readonly AnyFaultKind[];
  readonly actions: readonly AnyActionKind[];
}

export interface Monitor {
  readonly kinds: Kinds;
  readonly history: History;
  start(): void;
  /** Stops all timers, sources and faults. */
  stop(): void;
  /** The newest snapshot; the same object until the next publish. */
  snapshot(): Snapshot;
  /**
   * The state at an instant (ms since the epoch): entities, health, alerts, faults and events together, as it was
   * published last by then. While the finest slots of the store are kept it equals what was published; older values
   * are of longer slots, see `covers`, and reasons of the last transition. The newest snapshot for now and later.
   */
  snapshotAt(at: number): Snapshot;
  /**
   * Calls `listener` after every publish; returns a function that removes it. A listener that throws is
   * removed.
   */
  subscribe(listener: () => void): () => void;
  /** Executes a command. A viewer's is refused. @param operator its author; LOCAL_OPERATOR when absent */
  dispatch(command: Command, operator?: Operator): Outcome;
  /**
   * Evaluates a rule by its name over values of its measure, one per tick, beginning with an inactive alert. Shares
   * are values from 0 to 1, or percentages where any of them is over 1.
   * @returns a step for each value, or a sentence that says why the rule cannot be tried
   */
  tryRule(rule: string, values: readonly number[]): readonly RuleTrialStep[] | string;
  /** Applies a new config. Unchanged entities keep their history. */
  reconfigure(config: Config): void;
  /** Rejects an invalid config: shows the problem and keeps the active config. */
  refuseConfig(problem: string): void;
}

/** Recorded for the FLEET at each tick, so that a time without ticks is known: see `History.worst`. */
export const TICKS = "(ticks)";
export { FLEET } from "../store/types.ts";
export { type Command, LOCAL_OPERATOR, type Operator, type Outcome } from "./commands.ts";
export type { AnyActionKind, AnyFaultKind, MaintenanceSnapshot, Silence, WorstColumns, WorstQuery };
