import { channelsOf } from "./audience.ts";
import { compose } from "./compose.ts";
import { collect, isCollected } from "./digests.ts";
import { letterOf } from "./flush.ts";
import {
  alertsOf,
  carerOf,
  type Desk,
  episodeKey,
  episodeOf,
  type Group,
  remember,
  toldKey,
} from "./group.ts";
import { holdOf } from "./hold.ts";
import type { Subject } from "./subject.ts";

/** When the next step of a subject is due, ms since the epoch; Infinity: none. */
export function escalatesAt(desk: Desk, group: Group, subject: Subject): number {
  const { id, isFiring, muted } = subject;
  const episode = episodeOf(desk, group, id);
  if (!isFiring || muted !== undefined || carerOf(desk, group, subject) !== undefined)
    return Number.POSITIVE_INFINITY;
  if (episode?.escalateFrom === undefined) return Number.POSITIVE_INFINITY;
  const step = group.route.config.escalate[episode.level];
  return step === undefined ? Number.POSITIVE_INFINITY : episode.escalateFrom + step.afterMs;
}

/** Takes every step that is due, and tells its receivers in one notification per channel. */
export function escalate(desk: Desk, group: Group, now: number): void {
  for (const [nth, receivers] of group.route.steps.entries()) {
    const subjects = [...group.members.values()]
      .map(({ subject }) => subject)
      .filter((subject) => levelOf(desk, group, subject) === nth && escalatesAt(desk, group, subject) <= now);
    if (subjects.length === 0) continue;
    for (const subject of subjects) {
      const key = episodeKey(group, subject.id);
      desk.memory.set("episodes", key, { ...desk.memory.get("episodes", key)!, level: nth + 1 });
    }
    for (const receiver of receivers) {
      for (const channel of channelsOf(receiver)) {
        const own = subjects.filter(({ severity }) => receiver.channels[severity].includes(channel));
        const told = desk.memory.get("told", toldKey(group, receiver.name, channel));
        const holds = new Map(own.map((subject) => [subject, holdOf(subject, undefined, receiver, now)]));
        const letter = (about: readonly Subject[]) => ({
          ...letterOf(desk, group, { receiver, channel, told }, about, now),
          reason: "escalation" as const,
          transition: `escalation ${nth + 1}`,
          level: nth + 1,
        });
        for (const [subject, hold] of holds) {
          if (hold === undefined) continue;
          desk.draft.held.push(
            ...compose(letter([subject])).map((notification) => ({ notification, why: hold.why })),
          );
        }
        const reached = own.filter((subject) => holds.get(subject) === undefined);
        if (reached.length === 0) continue;
        const isLate = ({ severity }: Subject) => isCollected(receiver, severity);
        const late = reached.filter(isLate).flatMap((subject) => alertsOf(desk, group, subject));
        collect(desk, receiver, channel, late, now);
        const direct = reached.filter((subject) => !isLate(subject));
        if (direct.length > 0) desk.draft.send.push(...compose(letter(direct)));
        remember(desk, toldKey(group, receiver.name, channel), {
          at: told?.at ?? now,
          since: told?.since ?? now,
          repeats: told?.repeats ?? 0,
          firing: {
            ...told?.firing,
            ...Object.fromEntries(reached.map(({ id, severity }) => [id, severity])),
          },
          ended: told?.ended ?? {},
        });
      }
    }
  }
}

function levelOf(desk: Desk, group: Group, { id }: Subject): number {
  return episodeOf(desk, group, id)?.level ?? 0;
}
