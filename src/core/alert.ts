/** Alert severities, in rising order. */
export const SEVERITIES = ["warning", "critical", "page"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The state of an alert in its life cycle. */
export type AlertState = "pending" | "firing" | "resolved";

/** One alert instance; immutable, replaced when anything about it changes. Times are ms since the epoch. */
export interface Alert {
  /** Unique for the life of the monitor; a breach after a resolution is a new alert. */
  readonly id: number;
  readonly rule: string;
  readonly entity: string;
  readonly severity: Severity;
  readonly state: AlertState;
  /** Contains the current values: "payment-service: p99=1,020ms over 1,000ms". */
  readonly message: string;
  /** The measure concerned, if any. */
  readonly measure: string | undefined;
  /** When the breach started. */
  readonly startedAt: number;
  readonly firedAt: number | undefined;
  readonly resolvedAt: number | undefined;
}
