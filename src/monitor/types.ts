import type { Config } from "../config/types.ts";
import type { Alert } from "../core/alert.ts";
import type { Health } from "../core/health.ts";
import type { Failure, GaugeReading, WindowStats } from "../core/reading.ts";
import type { FaultKind } from "../faults/types.ts";
import type { Thresholds } from "../health/thresholds.ts";
import type { History } from "../store/types.ts";

/** A service as it stood at a tick. */
export interface ServiceSnapshot {
  readonly name: string;
  readonly source: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly health: Health;
  /** Why it is not healthy, in words with numbers; empty when it is. */
  readonly reasons: readonly string[];
  /** Since when its health has been what it is, ms since the epoch. */
  readonly healthSince: number;
  readonly stats: WindowStats;
  /** The limits it is judged by. */
  readonly thresholds: Thresholds;
  /** Percent; undefined when nobody says. */
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
  readonly gauges: ReadonlyMap<string, GaugeReading>;
  /** How much each counter grew a second over the window. */
  readonly counters: ReadonlyMap<string, number>;
  /** The newest observation of any kind, ms since the epoch. */
  readonly lastSeenAt: number | undefined;
  /** Services it calls, and services that call it. */
  readonly calls: readonly string[];
  readonly calledBy: readonly string[];
  readonly failures: readonly Failure[];
  /** True, or the sentence that says why no fault can be injected. */
  readonly breakable: true | string;
  /** What its source could not do, if anything. */
  readonly problem: string | undefined;
}

/** The story of one injected fault. Times are ms since the epoch, lengths in ms. */
export interface FaultCard {
  readonly id: number;
  readonly service: string;
  readonly kind: string;
  readonly intensity: number;
  /** "latency +800 ms" */
  readonly label: string;
  readonly injectedAt: number;
  /** When it will end by itself. */
  readonly endsAt: number;
  /** When it did end; undefined while it is at work. */
  readonly endedAt: number | undefined;
  readonly endedBy: "time" | "operator" | undefined;
  /** p99 before it, and the highest since, ms. */
  readonly baselineP99: number;
  readonly peakP99: number;
  /** From injection to the first alert it caused; undefined while there is none. */
  readonly detectedAfterMs: number | undefined;
  /** The rule and the service of that first alert. */
  readonly detectedBy: { readonly rule: string; readonly service: string } | undefined;
  /** From its end to the service (and those it spread to) being healthy again; 0 if it never was not. */
  readonly healedAfterMs: number | undefined;
  /** Other services whose health sank while it worked: those that call this one, directly or not. */
  readonly spreadTo: readonly string[];
}

export type EventKind = "health" | "alert" | "fault" | "monitor";

/** One line of the event log. */
export interface MonitorEvent {
  readonly id: number;
  readonly at: number;
  readonly kind: EventKind;
  readonly service: string | undefined;
  readonly text: string;
  /** How much attention the line wants, as a health. */
  readonly tone: Health;
}

/** The monitor's own state, apart from the services' trouble. */
export interface SelfSnapshot {
  /** How late the newest tick began, ms, and the worst of the last minute. */
  readonly lagMs: number;
  readonly worstLagMs: number;
  /** Ticks that never happened since the start: the machine slept or was too busy. */
  readonly skippedTicks: number;
  /** How long the newest tick took, ms; 0 on a virtual clock. */
  readonly tickMs: number;
  readonly storeBytes: number;
  /** Observations that could not be, and such whose slot was closed; see StoreSelf. */
  readonly rejected: number;
  readonly late: number;
  /** Label sets that are kept; requests whose labels found no room any more, and some of those labels. */
  readonly labelSets: number;
  readonly labelSetsDropped: number;
  readonly droppedLabels: readonly string[];
}

/** Which config is in force, and what is wrong with a newer one that was refused. */
export interface ConfigState {
  readonly name: string;
  readonly problem: string | undefined;
}

/** The immutable state of everything after a tick: the only thing that screens and exports read. */
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
  readonly services: readonly ServiceSnapshot[];
  /** Pending and firing ones first, then resolved; newest first within each. */
  readonly alerts: readonly Alert[];
  /** Running faults first, then ended; newest first within each. */
  readonly faults: readonly FaultCard[];
  /** Newest first. */
  readonly events: readonly MonitorEvent[];
  readonly self: SelfSnapshot;
  readonly config: ConfigState;
  /** The past, to be asked with times up to `at`. */
  readonly history: History;
  /**
   * The worst health of a service in each of `points` equal slots from `from` to `to` (ms since the epoch);
   * `unknown` where it was not watched.
   */
  readonly healths: (service: string, from: number, to: number, points: number) => readonly Health[];
}

/** What an operator can do. */
export type Command =
  | {
      readonly type: "inject";
      readonly service: string;
      readonly kind: string;
      readonly intensity: number;
      readonly ttlMs: number;
    }
  | { readonly type: "clear"; readonly service: string }
  | { readonly type: "clear-all" };

/** What became of a command: done, or the plain sentence that says why not. */
export type Outcome =
  | { readonly done: true; readonly text: string }
  | { readonly done: false; readonly text: string };

export interface Monitor {
  /** Every kind of fault that can be asked for, in the order of the menu. */
  readonly faultKinds: readonly FaultKind[];
  start(): void;
  /** Ends every timer, source and fault. */
  stop(): void;
  /** The newest snapshot; the same object between two publishes. */
  snapshot(): Snapshot;
  /**
   * Everything as it stood at an instant (ms since the epoch): services, health, alerts, faults and events move
   * together. The newest snapshot for now and later, the first that is known for what was before.
   */
  snapshotAt(at: number): Snapshot;
  /** Calls `listener` after every publish; returns what ends that. */
  subscribe(listener: () => void): () => void;
  dispatch(command: Command): Outcome;
  /** Takes over a new config: what it keeps goes on with its history. */
  reconfigure(config: Config): void;
  /** A newer config was found wrong: says so on screen and goes on with the one in force. */
  refuseConfig(problem: string): void;
}

export { FLEET } from "../store/types.ts";
export type { FaultKind };
