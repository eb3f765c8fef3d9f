import { compileCron, isCronReady, loadCron } from "../../core/cron.ts";
import { type Matcher, needRegex } from "../../core/matchers.ts";
import { isRegexReady, loadRegexEngine } from "../../core/regex.ts";

/** A maintenance window of a config. Plain data; times in ms (since the epoch). */
export interface MaintenanceWindow {
  /** Unique. */
  readonly name: string;
  /** Which alerts are silenced while it is open; empty: all. */
  readonly matchers: readonly Matcher[];
  readonly reason: string;
  readonly when: OneOff | Recurring;
}

export interface OneOff {
  readonly from: number;
  readonly to: number;
}

/** It opens at the instants of a cron line, and is open for a time that passes, whatever the clocks say. */
export interface Recurring {
  readonly cron: string;
  readonly durationMs: number;
  /** An IANA name; absent: the one of this machine. */
  readonly timeZone?: string;
}

/** Once that a window is open, ms since the epoch. */
export interface Opening {
  readonly from: number;
  readonly to: number;
}

/** When a window is open. */
export interface Schedule {
  /** The opening that contains an instant; the newest one if several do. */
  openAt(at: number): Opening | undefined;
  /** The first opening after an instant. */
  next(at: number): Opening | undefined;
}

/** More openings than this are never open at the same time: such a window does not close. */
const MOST_OVERLAPPING = 100;

/** Loads what windows need besides the program: a library for cron lines, one for regular expressions. */
export async function loadEnginesOf(windows: readonly MaintenanceWindow[]): Promise<void> {
  const needed: Promise<void>[] = [];
  if (windows.some(({ when }) => "cron" in when)) needed.push(loadCron());
  if (windows.some(({ matchers }) => needRegex(matchers))) needed.push(loadRegexEngine());
  await Promise.all(needed);
}

/** Whether what a window needs is loaded. */
export function isReady({ when, matchers }: MaintenanceWindow): boolean {
  return !("cron" in when && !isCronReady()) && !(needRegex(matchers) && !isRegexReady());
}

/** When a window is open. Its cron line can be compiled only when `isReady`. */
export function scheduleOf({ when }: Pick<MaintenanceWindow, "when">): Schedule {
  if ("from" in when) {
    const { from, to } = when;
    return {
      openAt: (at) => (at >= from && at < to ? { from, to } : undefined),
      next: (at) => (at < from ? { from, to } : undefined),
    };
  }
  const { cron, durationMs, timeZone } = when;
  const schedule = compileCron(cron, timeZone);
  const opening = (from: number | undefined) =>
    from === undefined ? undefined : { from, to: from + durationMs };
  return {
    next: (at) => opening(schedule.after(at)),
    openAt(at) {
      let newest: number | undefined;
      // A whole second before the earliest opening that counts, because cron lines know no ms.
      let from = schedule.after(at - durationMs - 1000);
      for (let nth = 0; nth < MOST_OVERLAPPING && from !== undefined && from <= at; nth++) {
        if (from + durationMs > at) newest = from;
        from = schedule.after(from);
      }
      return opening(newest);
    },
  };
}

/** Whether a window opens again before it closes, each time: then it never closes. */
export function neverCloses(schedule: Schedule, from: number): boolean {
  let opening = schedule.next(from);
  for (let nth = 0; nth < MOST_OVERLAPPING; nth++) {
    if (opening === undefined) return false;
    const next = schedule.next(opening.from);
    if (next === undefined || next.from > opening.to) return false;
    opening = next;
  }
  return true;
}
