import type { Severity } from "../core/alert.ts";
import type { Matcher } from "../core/matchers.ts";

/** The section `notify` of a config, with its defaults. Plain data; durations in ms. */
export interface NotifyConfig {
  /** Names are unique. */
  readonly channels: readonly ChannelConfig[];
  /** Names are unique. */
  readonly receivers: readonly ReceiverConfig[];
  /** The first one that matches an alert applies; more of them after one with `continue`. */
  readonly routes: readonly RouteConfig[];
}

/** At most `count` notifications in any `perMs`. */
export interface Rate {
  readonly count: number;
  readonly perMs: number;
}

/** A named channel. */
export interface ChannelConfig {
  readonly name: string;
  /** The name of the ChannelKind. */
  readonly kind: string;
  /** The options of the kind as written: references to secrets are resolved when the channel is opened. */
  readonly options: unknown;
  /** What one attempt may take. */
  readonly timeoutMs: number;
  /** For each receiver; absent: unlimited. */
  readonly rate?: Rate;
  /** Replaces the template of the kind, or a part of it. */
  readonly template: { readonly title?: string; readonly body?: string };
}

/** Minutes since midnight of local time. `from` is included, `to` is not; past midnight if `to` is not later. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** A person, or a team. What reaches a team reaches its own channels and each member once. */
export interface ReceiverConfig {
  readonly name: string;
  /** An IANA time zone; absent: the one of this machine. */
  readonly timeZone?: string;
  /** Nothing but `critical` and `page` is sent then. */
  readonly quietHours?: QuietHours;
  /** False: opted out; nothing is sent. Of a team, this concerns its own channels only. */
  readonly enabled: boolean;
  /** The names of channels by severity; empty: none. */
  readonly channels: Readonly<Record<Severity, readonly string[]>>;
  /** Alerts of these severities are collected and sent as one notification per channel and interval. */
  readonly digest?: { readonly everyMs: number; readonly severities: readonly Severity[] };
  /** The names of other receivers; no team contains itself. */
  readonly members: readonly string[];
}

/** What is sent to whom, and when. Grouping works as in Alertmanager. */
export interface RouteConfig {
  /** All must match the labels of an alert; its severity counts as the label `severity`. Empty: every alert. */
  readonly matchers: readonly Matcher[];
  /** Only entities of these kinds; absent: all. */
  readonly kinds?: readonly string[];
  /** Whether it concerns single alerts, or incidents: then one notification is about the alerts of one incident. */
  readonly of: "alerts" | "incidents";
  /** Names of receivers. At least one. */
  readonly receivers: readonly string[];
  /** Alerts with equal values of these labels form a group; `["..."]`: every alert is a group of its own. */
  readonly groupBy: readonly string[];
  /** How long a new group waits for more alerts. The shortest wait of its alerts counts. */
  readonly groupWaitMs: Readonly<Record<Severity, number>>;
  /** How long changes of a group wait after its last notification. */
  readonly groupIntervalMs: number;
  /** When a group that has not changed is sent again. */
  readonly repeatIntervalMs: number;
  /** Whether the routes after it are tried too. */
  readonly continue: boolean;
  /** In rising order of `afterMs`: who is told so long after the first notification, if nobody acknowledged. */
  readonly escalate: readonly { readonly afterMs: number; readonly to: readonly string[] }[];
}
