/** How urgent an alert is, in rising order. */
export const SEVERITIES = ["warning", "critical", "page"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Where an alert stands in its life cycle. */
export type AlertState = "pending" | "firing" | "resolved";

/** One alert instance; immutable, replaced when anything about it changes. Times are ms since the epoch. */
export interface Alert {
  /** Unique for the life of the monitor; a breach after a resolution is a new alert. */
  readonly id: number;
  readonly rule: string;
  readonly entity: string;
  readonly severity: Severity;
  readonly state: AlertState;
  /** With the actual numbers: "payment-service: p99=1,020ms over 1,000ms". */
  readonly message: string;
  /** The measure that it is about, where it is about one. */
  readonly measure: string | undefined;
  /** When the breach began. */
  readonly startedAt: number;
  readonly firedAt: number | undefined;
  readonly resolvedAt: number | undefined;
}
