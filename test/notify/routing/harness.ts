import type { Severity } from "../../../src/core/alert.ts";
import type { Notification } from "../../../src/core/notification.ts";
import { VIRTUAL_EPOCH_MS } from "../../../src/core/virtual-clock.ts";
import type { Decision } from "../../../src/notify/routing/decision.ts";
import type { ChannelTraits } from "../../../src/notify/routing/group.ts";
import { Memory } from "../../../src/notify/routing/memory.ts";
import { Router } from "../../../src/notify/routing/router.ts";
import { Alarms } from "../alarms.ts";
import { notifyOf } from "../config.ts";

/** Something that happens at a second. */
export interface Happening {
  readonly at: number;
  readonly entity: string;
  readonly what: Severity | "recovers" | "acknowledged" | "unacknowledged" | "removed";
}

/** A notification in short, at its second. */
export interface Told {
  readonly at: number;
  readonly text: string;
}

/** Runs the router alone over what happens, at exactly the instants at which something is due. */
export function route(
  receiversAndRoutes: string,
  happenings: readonly Happening[],
  seconds: number,
  { channels = new Map<string, ChannelTraits>(), memory = new Memory(), begin = 0 } = {},
) {
  const alarms = new Alarms();
  const instant = (second: number) => VIRTUAL_EPOCH_MS + second * 1000;
  const router = new Router({ config: notifyOf(receiversAndRoutes), channels }, memory, instant(begin));
  const told: Told[] = [];
  const held: Told[] = [];
  const left = [...happenings].sort((a, b) => a.at - b.at);
  let read = 0;

  function happen({ entity, what }: Happening, now: number): void {
    if (what === "recovers") alarms.recover(entity);
    else if (what === "removed") alarms.remove(entity);
    else if (what === "acknowledged") alarms.engine.acknowledge(now, alarms.fingerprint(entity), "bob");
    else if (what === "unacknowledged") alarms.engine.unacknowledge(now, alarms.fingerprint(entity), "bob");
    else alarms.breach(entity, what);
  }

  let second = begin;
  while (second <= begin + seconds) {
    const now = instant(second);
    while (left.length > 0 && left[0]!.at <= second) happen(left.shift()!, now);
    alarms.evaluate(now);
    const news = alarms.observed(now);
    router.observe({ ...news, transitions: news.log.after(read) }, now);
    read = news.log.sequence;
    router.advance(now);
    collect(router.take(), second);
    const due = (router.nextAt() - VIRTUAL_EPOCH_MS) / 1000;
    second = Math.min(due > second ? due : Number.POSITIVE_INFINITY, left[0]?.at ?? Number.POSITIVE_INFINITY);
  }

  function collect(decision: Decision | undefined, at: number): void {
    for (const notification of decision?.send ?? []) told.push({ at, text: textOf(notification) });
    for (const { notification, why } of decision?.held ?? []) {
      held.push({ at, text: `${textOf(notification)} (${why})` });
    }
  }

  return { told, held, memory };
}

function textOf({ receiver, channel, reason, alerts }: Notification) {
  const states = alerts.map(
    ({ entity, state, severity }) => `${entity} ${state === "firing" ? severity : "resolved"}`,
  );
  return `${reason} ${receiver} ${channel}: ${states.sort().join(", ")}`;
}

/** "10s firing alice mail: api critical" */
export const textsOf = (told: readonly Told[]) => told.map(({ at, text }) => `${at}s ${text}`);
