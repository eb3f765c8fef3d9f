import type { Labels } from "../../core/metric.ts";
import type { NotifiedAlert } from "../../core/notification.ts";
import type { Resend } from "../types.ts";
import type { Draft } from "./decision.ts";
import type { Episode, Memory, Told } from "./memory.ts";
import type { Route } from "./routes.ts";
import type { Subject } from "./subject.ts";

/** A subject in a group. */
export interface Member {
  readonly subject: Subject;
  /** What was noted as not sent: receiver, channel and reason. */
  readonly held: Set<string>;
}

/** The subjects of a route with equal labels, and when it is their turn. */
export interface Group {
  /** Identifies it also after a restart: the route and the labels. */
  readonly key: string;
  readonly labels: Labels;
  route: Route;
  readonly members: Map<string, Member>;
  /** When what changed is told next, ms since the epoch. */
  flushAt: number;
  /** Whether it was told about: further changes wait for the group interval. */
  hasFlushed: boolean;
  /** The rank of the highest severity that was told so far; -1: none. */
  toldRank: number;
}

/** What the router has to know about a channel. */
export interface ChannelTraits {
  readonly resend?: Resend | undefined;
  readonly acknowledgements: boolean;
}

/** What telling about a group works on. */
export interface Desk {
  readonly memory: Memory;
  readonly draft: Draft;
  readonly channels: ReadonlyMap<string, ChannelTraits>;
}

export function groupKeyOf(route: Route, labels: Labels): string {
  return JSON.stringify([route.id, Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

export function toldKey({ key }: Pick<Group, "key">, receiver: string, channel: string): string {
  return JSON.stringify([key, receiver, channel]);
}

export function episodeKey({ key }: Pick<Group, "key">, subject: string): string {
  return JSON.stringify([key, subject]);
}

export function episodeOf({ memory }: Desk, group: Group, subject: string): Episode | undefined {
  return memory.get("episodes", episodeKey(group, subject));
}

/** Who takes care of a subject. The mark on an alert ends with the monitor; its episode remembers it. */
export function carerOf(desk: Desk, group: Group, { id, acknowledgedBy }: Subject): string | undefined {
  return acknowledgedBy ?? episodeOf(desk, group, id)?.acknowledgedBy;
}

/** The alerts of a subject. Its episode knows when it began, also if the monitor was restarted since. */
export function alertsOf(desk: Desk, group: Group, subject: Subject): readonly NotifiedAlert[] {
  const episode = episodeOf(desk, group, subject.id);
  if (episode === undefined || subject.incident !== undefined) return subject.alerts;
  return subject.alerts.map((alert) => ({ ...alert, startsAt: episode.startsAt }));
}

/** Sets what was told, or forgets it when nothing of it is left. */
export function remember({ memory }: Desk, key: string, told: Told): void {
  const isOver = Object.keys(told.firing).length + Object.keys(told.ended).length === 0;
  memory.set("told", key, isOver ? undefined : told);
}

/** Without some subjects. */
export function without<Value>(
  record: Readonly<Record<string, Value>>,
  ids: ReadonlySet<string>,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).filter(([id]) => !ids.has(id)));
}
