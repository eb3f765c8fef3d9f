import type { Severity } from "../../core/alert.ts";
import type { ReceiverConfig } from "../settings.ts";
import { isUrgent } from "./audience.ts";
import { localTime, quietUntil } from "./quiet-hours.ts";
import type { Subject } from "./subject.ts";

/** What flapped and ended is told to be over when it is steady, if that is known by then, ms. */
const FLAPS_MS = 3_600_000;

/** Why something is not sent. `later`: it is tried again; `never`: this state of it is not told at all. */
export interface Hold {
  readonly why: string;
  readonly until: "later" | "never";
  /** Nobody but the receiver is the reason: the next escalation step counts from here. */
  readonly isOwn?: true;
}

/**
 * Why a receiver is not told about a subject now; undefined if nothing keeps it back.
 * @param toldAs the severity by which it was told that it fires; undefined: it was not
 */
export function holdOf(
  subject: Subject,
  toldAs: Severity | undefined,
  receiver: ReceiverConfig,
  now: number,
): Hold | undefined {
  // What recovers while it is muted is over, and nobody is told, as in Alertmanager; what flaps may not be over.
  if (subject.muted !== undefined) {
    const mayReturn = subject.isFlapping && now - (subject.endedAt ?? now) < FLAPS_MS;
    return { why: subject.muted, until: subject.isFiring || mayReturn ? "later" : "never" };
  }
  if (!receiver.enabled) {
    return {
      why: `${receiver.name} has opted out`,
      until: subject.isFiring ? "later" : "never",
      isOwn: true,
    };
  }
  if (subject.isFiring && toldAs === undefined && subject.acknowledgedBy !== undefined)
    return { why: `acknowledged by ${subject.acknowledgedBy}`, until: "later" };
  if (isUrgent(subject.isFiring ? subject.severity : (toldAs ?? subject.severity))) return undefined;
  const until = quietUntil(receiver, now);
  if (until === undefined) return undefined;
  return { why: `quiet hours until ${localTime(until, receiver.timeZone)}`, until: "later" };
}
