import { channelsOf, type Listener } from "./audience.ts";
import { compose } from "./compose.ts";
import { letterOf } from "./flush.ts";
import { type Desk, type Group, remember, toldKey } from "./group.ts";
import { holdOf } from "./hold.ts";
import type { Told } from "./memory.ts";

/** What goes to recipients that keep alerts themselves, such as an Alertmanager: resends and acknowledgements. */

interface Kept {
  readonly listener: Listener;
  readonly channel: string;
  readonly key: string;
  readonly told: Told;
}

function keptIn(desk: Desk, group: Group, isKeeper: (channel: string) => boolean): readonly Kept[] {
  return group.route.audience.flatMap((listener) =>
    channelsOf(listener.receiver)
      .filter(isKeeper)
      .flatMap((channel) => {
        const key = toldKey(group, listener.receiver.name, channel);
        const told = desk.memory.get("told", key);
        return told === undefined ? [] : [{ listener, channel, key, told }];
      }),
  );
}

const resent = (desk: Desk, group: Group) =>
  keptIn(desk, group, (channel) => desk.channels.get(channel)?.resend !== undefined);

/** When a group is due to be sent again to such a recipient, ms since the epoch; Infinity: never. */
export function resendsAt(desk: Desk, group: Group): number {
  return resent(desk, group).reduce(
    (next, { told, channel }) => Math.min(next, told.at + desk.channels.get(channel)!.resend!.everyMs),
    Number.POSITIVE_INFINITY,
  );
}

/** Sends again what fires, and for a while what has resolved. */
export function resend(desk: Desk, group: Group, now: number): void {
  for (const { listener, channel, key, told } of resent(desk, group)) {
    const { everyMs, resolvedForMs } = desk.channels.get(channel)!.resend!;
    if (told.at + everyMs > now) continue;
    const { receiver } = listener;
    const isKnown = (id: string) => group.members.has(id);
    const ended = Object.fromEntries(
      Object.entries(told.ended).filter(([id, at]) => isKnown(id) && now - at <= resolvedForMs),
    );
    const subjects = [...group.members.values()]
      .map(({ subject }) => subject)
      .filter((subject) => (subject.isFiring ? told.firing : ended)[subject.id] !== undefined)
      .filter((subject) => holdOf(subject, told.firing[subject.id], receiver, now) === undefined);
    if (subjects.length > 0) {
      desk.draft.send.push(
        ...compose({
          ...letterOf(desk, group, { receiver, channel, told }, subjects, now),
          reason: "repeat",
          transition: `resend after ${told.at}`,
        }),
      );
    }
    remember(desk, key, { ...told, at: now, repeats: told.repeats + 1, ended });
  }
}

/** Tells who keeps alerts that somebody takes care of all of a group. */
export function tellAcknowledged(desk: Desk, group: Group, by: string, now: number): void {
  const isKeeper = (channel: string) => desk.channels.get(channel)?.acknowledgements === true;
  for (const { listener, channel, told } of keptIn(desk, group, isKeeper)) {
    const subjects = [...group.members.values()]
      .map(({ subject }) => subject)
      .filter(({ id, isFiring }) => isFiring && told.firing[id] !== undefined);
    if (subjects.length === 0 || subjects.some(({ acknowledgedBy }) => acknowledgedBy === undefined))
      continue;
    if (!listener.receiver.enabled) continue;
    desk.draft.send.push(
      ...compose({
        ...letterOf(desk, group, { receiver: listener.receiver, channel, told }, subjects, now),
        reason: "acknowledged",
        transition: `acknowledged ${now}`,
        acknowledgedBy: by,
      }),
    );
  }
}
