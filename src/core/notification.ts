import type { Severity } from "./alert.ts";
import type { Labels } from "./metric.ts";

/**
 * The state of a delivery: `queued` until an attempt begins, `processing` during one, `delivered` once the
 * recipient confirmed it, `failed` when no attempt is left or none is worth it, `suppressed` when it was decided
 * not to send it.
 */
export const DELIVERY_STATES = ["queued", "processing", "delivered", "failed", "suppressed"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One alert in a notification, as it was when the notification was made. Times are ms since the epoch. */
export interface NotifiedAlert {
  readonly fingerprint: string;
  readonly rule: string;
  readonly entity: string;
  readonly severity: Severity;
  readonly state: "firing" | "resolved";
  readonly labels: Labels;
  readonly annotations: Labels;
  /** Contains the values: "payment-service: p99=1,020ms over 1,000ms". */
  readonly message: string;
  readonly startsAt: number;
  readonly endsAt: number | undefined;
}

/**
 * Why something is sent: alerts fire, alerts resolve, nobody acknowledged them, somebody did (only to recipients that
 * keep alerts themselves), they still fire, a digest of several, or a test of the channel.
 */
export const REASONS = [
  "firing",
  "resolved",
  "escalation",
  "acknowledged",
  "repeat",
  "digest",
  "test",
] as const;
export type NotificationReason = (typeof REASONS)[number];

/** What one receiver gets over one channel. Plain data: it is kept on disk until it is delivered. */
export interface Notification {
  /**
   * The idempotency key: SHA-256 (hex) of what it tells, to whom and over which channel. The same for every
   * attempt, so that a receiver can drop duplicates.
   */
  readonly key: string;
  /**
   * SHA-256 (hex) of what it is about and over which channel to whom: the same from the first notification of a group
   * to its resolution, so that a recipient can join them: a thread of mails, an incident of PagerDuty.
   */
  readonly groupKey: string;
  readonly reason: NotificationReason;
  /** The highest of its alerts. Higher severities leave first. */
  readonly severity: Severity;
  readonly receiver: string;
  /** The name of the channel. */
  readonly channel: string;
  /** The labels that its alerts have in common by the grouping of their route. */
  readonly group: Labels;
  /** The incident that it is about, of a route of incidents. */
  readonly incident?: { readonly id: number; readonly title: string };
  /** Firing ones first. At least one, except in a test. */
  readonly alerts: readonly NotifiedAlert[];
  /** 1 for the first escalation step. */
  readonly level: number;
  /** The name of the operator, if somebody acknowledged it. */
  readonly acknowledgedBy?: string;
  /** ms since the epoch */
  readonly createdAt: number;
}

/** One attempt to deliver. */
export interface Attempt {
  /** ms since the epoch */
  readonly at: number;
  /** How long it took, ms. */
  readonly tookMs: number;
  /** Undefined if it succeeded, else one sentence without secrets. */
  readonly problem: string | undefined;
  /** Of a success: what went wrong without keeping it from arriving. */
  readonly note?: string;
}

/** A notification on its way, or at its end. Immutable, replaced when anything about it changes. */
export interface Delivery {
  readonly notification: Notification;
  readonly state: DeliveryState;
  /** Why it waits, failed or was suppressed: "quiet hours until 07:00", "breaker open for 12s". */
  readonly why: string | undefined;
  readonly attempts: readonly Attempt[];
  /** When the next attempt may begin, ms since the epoch. */
  readonly nextAt: number | undefined;
  readonly endedAt: number | undefined;
}

/** How a channel is doing. */
export interface ChannelHealth {
  readonly name: string;
  /** The channel kind: webhook, email, ... */
  readonly kind: string;
  readonly breaker: "closed" | "open" | "half-open";
  /** When an open breaker lets an attempt through again, ms since the epoch. */
  readonly breakerUntil: number | undefined;
  readonly delivered: number;
  readonly failed: number;
  readonly queued: number;
  /** Of the newest attempts, ms; NaN without any. */
  readonly latencyMs: number;
  readonly problem: string | undefined;
}

/** Everything that screens show of notification. Plain data. */
export interface NotificationSnapshot {
  /** Newest first, a bounded number. */
  readonly deliveries: readonly Delivery[];
  readonly channels: readonly ChannelHealth[];
  /** Those that wait now, and those that ended since the start. */
  readonly counts: Readonly<Record<DeliveryState, number>>;
  /** Dropped because an equal key was queued or delivered already. */
  readonly duplicates: number;
  /** What is collected, and when it is sent, ms since the epoch. */
  readonly digests: readonly {
    readonly receiver: string;
    readonly channel: string;
    readonly alerts: number;
    readonly dueAt: number;
  }[];
  /** Why nothing is delivered at all, such as another monitor that owns the queue. */
  readonly problem: string | undefined;
}
