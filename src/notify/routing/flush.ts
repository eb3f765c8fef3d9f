import type { Severity } from "../../core/alert.ts";
import type { ReceiverConfig } from "../settings.ts";
import { channelsOf, type Listener } from "./audience.ts";
import { compose, type Letter, rank } from "./compose.ts";
import { collect, isCollected } from "./digests.ts";
import {
  alertsOf,
  carerOf,
  type Desk,
  episodeKey,
  episodeOf,
  type Group,
  type Member,
  remember,
  toldKey,
  without,
} from "./group.ts";
import { type Hold, holdOf } from "./hold.ts";
import type { Told } from "./memory.ts";
import type { Subject } from "./subject.ts";

/** What there is to say to one receiver over one channel. */
interface Matter {
  readonly receiver: ReceiverConfig;
  readonly channel: string;
  readonly told: Told | undefined;
  /** Those that fire and are not held back. */
  readonly firing: Subject[];
  /** Those of them that are not known yet, or by a lower severity. */
  readonly news: Subject[];
  /** Those that were told to fire and have ended. */
  readonly resolved: Subject[];
  /** Those whose end is not told. */
  readonly dropped: Subject[];
}

/**
 * Tells all receivers of a group what is new, as Alertmanager does (notify.go, DedupStage): what fires and was not
 * told yet; else what has resolved; else, after the repeat interval, what still fires. What is told contains all of
 * the group that fires.
 */
export function flush(desk: Desk, group: Group, now: number): void {
  for (const { subject } of group.members.values()) begin(desk, group, subject);
  for (const listener of group.route.audience) {
    for (const channel of channelsOf(listener.receiver)) tell(desk, group, listener, channel, now);
  }
}

/** From its first notification on, a subject has an episode. */
function begin(
  desk: Desk,
  group: Group,
  { id, isFiring, muted, firedAt, alerts, acknowledgedBy }: Subject,
): void {
  if (!isFiring || muted !== undefined || episodeOf(desk, group, id) !== undefined) return;
  const episode = { startsAt: firedAt, escalateFrom: undefined, level: 0, alerts, acknowledgedBy };
  desk.memory.set("episodes", episodeKey(group, id), episode);
}

function tell(desk: Desk, group: Group, listener: Listener, channel: string, now: number): void {
  const matter = matterOf(desk, group, listener, channel, now);
  const { told, news, resolved, dropped, firing } = matter;
  const isRepeat = isRepeatDue(desk, group, matter, now);
  const isNews = news.length + resolved.length > 0;
  if (isNews || isRepeat) {
    const repeats = isNews || told === undefined ? 0 : told.repeats + 1;
    // Of what somebody takes care of nobody is reminded.
    const open = isNews ? firing : firing.filter((subject) => carerOf(desk, group, subject) === undefined);
    deliver(desk, group, matter, [...open, ...resolved], repeats, now);
    for (const subject of news) startEscalation(desk, group, subject, now);
    const keepsEnded = desk.channels.get(channel)?.resend !== undefined;
    remember(desk, toldKey(group, matter.receiver.name, channel), {
      at: now,
      since: told?.since ?? now,
      repeats,
      firing: {
        ...without(told?.firing ?? {}, idsOf([...resolved, ...dropped])),
        ...Object.fromEntries(news.map(({ id, severity }) => [id, severity])),
      },
      ended: {
        ...without(told?.ended ?? {}, idsOf(news)),
        ...(keepsEnded ? Object.fromEntries(resolved.map(({ id, endedAt }) => [id, endedAt ?? now])) : {}),
      },
    });
  } else if (told !== undefined && dropped.length > 0) {
    const left = { ...told, firing: without(told.firing, idsOf(dropped)) };
    remember(desk, toldKey(group, matter.receiver.name, channel), left);
  }
}

function matterOf(desk: Desk, group: Group, listener: Listener, channel: string, now: number): Matter {
  const { receiver, fromLevel } = listener;
  const told = desk.memory.get("told", toldKey(group, receiver.name, channel));
  const matter: Matter = { receiver, channel, told, firing: [], news: [], resolved: [], dropped: [] };
  const holds = new Map<string, Subject[]>();
  for (const member of group.members.values()) {
    const { subject } = member;
    const { id, isFiring, severity } = subject;
    const toldAs = told?.firing[id];
    const isFor =
      isFiring &&
      fromLevel <= (episodeOf(desk, group, id)?.level ?? 0) &&
      receiver.channels[severity].includes(channel);
    if (!isFor && toldAs === undefined) continue;
    const isNews = isFor && (toldAs === undefined || rank(severity) > rank(toldAs));
    const acknowledgedBy = carerOf(desk, group, subject);
    const hold = holdOf({ ...subject, acknowledgedBy }, toldAs, receiver, now);
    if (hold !== undefined) {
      if (!isFiring && hold.until === "never") matter.dropped.push(subject);
      if (hold.isOwn && isNews) startEscalation(desk, group, subject, now);
      if ((isNews || !isFiring) && isFirst(member, receiver.name, channel, hold)) {
        holds.set(hold.why, [...(holds.get(hold.why) ?? []), subject]);
      }
    } else if (isFiring) {
      matter.firing.push(subject);
      if (isNews) matter.news.push(subject);
    } else matter.resolved.push(subject);
  }
  for (const [why, subjects] of holds) {
    const reason = subjects.some(({ isFiring }) => isFiring) ? "firing" : "resolved";
    const notifications = compose({
      ...letterOf(desk, group, matter, subjects, now),
      reason,
      transition: "state",
    });
    desk.draft.held.push(...notifications.map((notification) => ({ notification, why })));
  }
  return matter;
}

/** Whether it is held back for this reason for the first time, so that it is counted once. */
function isFirst({ held }: Member, receiver: string, channel: string, { why }: Hold): boolean {
  const key = JSON.stringify([receiver, channel, why]);
  if (held.has(key)) return false;
  held.add(key);
  return true;
}

function isRepeatDue(desk: Desk, group: Group, { told, firing, channel }: Matter, now: number): boolean {
  // Recipients that keep alerts themselves have an interval of their own.
  if (told === undefined || desk.channels.get(channel)?.resend !== undefined) return false;
  if (now - told.at < group.route.config.repeatIntervalMs) return false;
  return firing.some((subject) => carerOf(desk, group, subject) === undefined);
}

/** Sends at once, except what the receiver gets as a digest. */
function deliver(
  desk: Desk,
  group: Group,
  matter: Matter,
  subjects: readonly Subject[],
  repeats: number,
  now: number,
): void {
  const { receiver, channel, news, resolved, told } = matter;
  const severityOf = ({ id, isFiring, severity }: Subject): Severity =>
    isFiring ? severity : (told?.firing[id] ?? severity);
  const isLate = (subject: Subject) => isCollected(receiver, severityOf(subject));
  const isChanged = (subject: Subject) => repeats > 0 || news.includes(subject) || resolved.includes(subject);
  const collected = subjects.filter((subject) => isLate(subject) && isChanged(subject));
  collect(
    desk,
    receiver,
    channel,
    collected.flatMap((subject) => alertsOf(desk, group, subject)),
    now,
  );
  const direct = subjects.filter((subject) => !isLate(subject));
  if (!direct.some(isChanged)) return;
  const reason = repeats > 0 ? "repeat" : direct.some((each) => news.includes(each)) ? "firing" : "resolved";
  const transition = repeats > 0 ? `repeat after ${told!.at}` : "state";
  desk.draft.send.push(...compose({ ...letterOf(desk, group, matter, direct, now), reason, transition }));
}

/** The parts that all letters of a group to a receiver have in common. */
export function letterOf(
  desk: Desk,
  group: Group,
  { receiver, channel, told }: Pick<Matter, "receiver" | "channel" | "told">,
  subjects: readonly Subject[],
  now: number,
): Omit<Letter, "reason" | "transition"> {
  const incident = subjects[0]?.incident;
  return {
    receiver: receiver.name,
    channel,
    thread: [group.key, told?.since ?? now],
    group: incident === undefined ? group.labels : { incident: incident.title },
    incident,
    alerts: subjects.flatMap((subject) => alertsOf(desk, group, subject)),
    at: now,
  };
}

/** The steps of escalation count from the first notification; what was told is kept for after a restart. */
function startEscalation(desk: Desk, group: Group, subject: Subject, now: number): void {
  const episode = episodeOf(desk, group, subject.id);
  if (episode === undefined) return;
  const alerts = alertsOf(desk, group, subject);
  const escalateFrom = episode.escalateFrom ?? now;
  desk.memory.set("episodes", episodeKey(group, subject.id), { ...episode, escalateFrom, alerts });
}

export function idsOf(subjects: readonly Subject[]): ReadonlySet<string> {
  return new Set(subjects.map(({ id }) => id));
}
