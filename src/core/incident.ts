import type { Severity } from "./alert.ts";

/**
 * `acknowledged`: all of its firing alerts that are not symptoms are acknowledged; `resolved`: all of its alerts
 * have ended.
 */
export type IncidentState = "open" | "acknowledged" | "resolved";

/**
 * What an alert is to its incident: `cause`, on the entity where the trouble began; `symptom`, on an entity that
 * depends on it, suppressed by the cause; `related`, correlated by time and labels only.
 */
export type IncidentRole = "cause" | "symptom" | "related";

/** One alert of an incident. Times are ms since the epoch. */
export interface IncidentMember {
  /** See Alert.fingerprint. */
  readonly fingerprint: string;
  readonly rule: string;
  readonly entity: string;
  /** The highest so far. */
  readonly severity: Severity;
  readonly role: IncidentRole;
  /** When its breach began, when it fired (and joined), and when it was resolved or expired. */
  readonly startedAt: number;
  readonly joinedAt: number;
  readonly endedAt: number | undefined;
  /** How often it fired within the incident. */
  readonly occurrences: number;
}

/**
 * How an incident ended: its last alert recovered, an operator closed it, or a rule or an entity was removed, so
 * that it is not known whether it recovered.
 */
export type IncidentEnd = "recovery" | "operator" | "removal";

/** The fault that was injected here and explains an incident. */
export interface IncidentFault {
  readonly id: number;
  readonly entity: string;
  /** "latency +800 ms" */
  readonly label: string;
  readonly injectedBy: string;
  /** ms since the epoch */
  readonly injectedAt: number;
}

/** One line of the timeline of an incident. */
export interface IncidentEntry {
  /** ms since the epoch */
  readonly at: number;
  readonly text: string;
  /** The name of the operator; undefined: the monitor. */
  readonly actor: string | undefined;
}

/** Alerts with one cause. Immutable, replaced when anything about it changes. Times are ms since the epoch. */
export interface Incident {
  /** Unique for the life of the monitor, rising. */
  readonly id: number;
  readonly state: IncidentState;
  /** "payment-service down" */
  readonly title: string;
  /** The entity where the trouble began, as far as it is known. */
  readonly entity: string;
  /** The highest of its alerts so far. */
  readonly severity: Severity;
  readonly fault: IncidentFault | undefined;
  /** Those of the cause first, of each role the most severe. At least one. */
  readonly members: readonly IncidentMember[];
  /** How many members there are besides those, because there are too many to list. */
  readonly unlisted: number;
  /** How many of its alerts are suppressed now: symptoms of its cause, which nobody has to be told. */
  readonly suppressed: number;
  /** When the first breach began; that of the fault if one is known. */
  readonly startedAt: number;
  /** When its first alert fired. */
  readonly detectedAt: number;
  /** By whom and when it was acknowledged first. */
  readonly acknowledged: { readonly by: string; readonly at: number } | undefined;
  /** When the last of its alerts ended. */
  readonly resolvedAt: number | undefined;
  readonly endedBy: IncidentEnd | undefined;
  /** Oldest first. */
  readonly timeline: readonly IncidentEntry[];
}

/** Means over incidents, ms; NaN without any. */
export interface IncidentTimes {
  readonly count: number;
  /** Mean time to detect: from the start to the first alert that fired. */
  readonly mttdMs: number;
  /** Mean time to acknowledge: from the detection to the first acknowledgement, of those acknowledged. */
  readonly mttaMs: number;
  /** Mean time to recovery: from the detection to the end of the last alert, of those resolved. */
  readonly mttrMs: number;
}

/** Statistics of the incidents of the last 24 hours. */
export interface IncidentStatistics extends IncidentTimes {
  readonly open: number;
  readonly firing: number;
  /** Most incidents first. */
  readonly byEntity: ReadonlyMap<string, IncidentTimes>;
  readonly byRule: ReadonlyMap<string, IncidentTimes>;
  readonly bySeverity: ReadonlyMap<Severity, IncidentTimes>;
  /** 24 hours, the oldest first; an incident belongs to the hour in which it was resolved. */
  readonly hours: readonly (IncidentTimes & { readonly from: number })[];
}
