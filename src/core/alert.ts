import type { Labels } from "./metric.ts";

/** Alert severities, in rising order. */
export const SEVERITIES = ["warning", "critical", "page"] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * The state of an alert in its life cycle. `expired`: its rule or its entity was removed while it was firing,
 * so that it is not known whether it recovered.
 */
export type AlertState = "pending" | "firing" | "resolved" | "expired";

/**
 * What an operator or the monitor has said about an alert; independent of its state. Of an alert that is over: what
 * was said at its end.
 */
export interface AlertMarks {
  /** Somebody takes care of it, until it recovers. */
  readonly acknowledged: Acknowledgement | undefined;
  /** The id of the silence that matches it. */
  readonly silencedBy: string | undefined;
  /** The id of the incident whose cause explains it. */
  readonly suppressedBy: number | undefined;
  /** It changes between firing and resolved too often to be believed. */
  readonly flapping: boolean;
  /** Its entity has more active alerts than are listed one by one; this one is only counted. */
  readonly folded: boolean;
}

export interface Acknowledgement {
  readonly by: string;
  /** ms since the epoch */
  readonly at: number;
}

/** One alert; immutable, replaced when anything about it changes. Times are ms since the epoch. */
export interface Alert extends AlertMarks {
  /** Unique for the life of the monitor; a breach after a resolution is a new occurrence with a new id. */
  readonly id: number;
  /** Identifies the alert by its rule and labels, also across restarts. See `fingerprintOf`. */
  readonly fingerprint: string;
  /** How often it has fired since the monitor started, this time included. */
  readonly occurrences: number;
  readonly rule: string;
  readonly entity: string;
  /** `alertname`, `entity`, `kind`, the labels of its rule and those of its entity. */
  readonly labels: Labels;
  readonly severity: Severity;
  readonly state: AlertState;
  /** Contains the current values: "payment-service: p99=1,020ms over 1,000ms". */
  readonly message: string;
  /** The rendered annotations of its rule: summary, description, runbook. As of its last transition. */
  readonly annotations: Labels;
  /** The measure concerned, if any. */
  readonly measure: string | undefined;
  /** When the breach started. */
  readonly startedAt: number;
  /** While it is pending: when it will fire if the breach lasts. */
  readonly firesAt: number | undefined;
  readonly firedAt: number | undefined;
  /** While it is kept firing after the breach ended: since when. */
  readonly keptFiringSince: number | undefined;
  /** When it was resolved or expired. */
  readonly resolvedAt: number | undefined;
}

export const NO_MARKS: AlertMarks = {
  acknowledged: undefined,
  silencedBy: undefined,
  suppressedBy: undefined,
  flapping: false,
  folded: false,
};
