import { formatDuration, formatTime } from "../../core/text.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";

const MINUTE_MS = 60_000;
const FINE_MS = 1000;

/**
 * What a window really shows. "15s" while it has its own length; in the past the slots that answer for it, with
 * their times: "1m slot 14:02-14:03", "10s slots 14:02:10-14:02:30".
 */
export function windowText({ covers, windowMs }: Pick<EntitySnapshot, "covers" | "windowMs">): string {
  const { fromMs, toMs, slotMs } = covers;
  const lengthMs = toMs - fromMs;
  if (slotMs <= FINE_MS) return formatDuration(lengthMs > 0 ? lengthMs : windowMs);
  const digits = slotMs % MINUTE_MS === 0 && fromMs % MINUTE_MS === 0 && toMs % MINUTE_MS === 0 ? 5 : 8;
  const time = (at: number) => formatTime(at).slice(0, digits);
  const slots = lengthMs > slotMs ? "slots" : "slot";
  return `${formatDuration(slotMs)} ${slots} ${time(fromMs)}-${time(toMs)}`;
}

/** The same for titles: "last 15s", or the slots. */
export function lastText(shown: Pick<EntitySnapshot, "covers" | "windowMs">): string {
  return shown.covers.slotMs <= FINE_MS ? `last ${windowText(shown)}` : windowText(shown);
}

/**
 * For titles of several entities: "last 15s to 1m 40s" where their windows differ. Beside older slots the instant
 * of the health, which is not that of the numbers: "1m slot 14:02-14:03, health of 14:03:20".
 * @param at the instant that is shown, ms since the epoch
 */
export function lastTextOf(
  entities: readonly Pick<EntitySnapshot, "covers" | "windowMs">[],
  shown: Pick<EntitySnapshot, "covers" | "windowMs">,
  at: number,
): string {
  if (isCoarse(shown)) return `${lastText(shown)}, health of ${formatTime(at)}`;
  const lengths = entities.filter((each) => !isCoarse(each)).map(({ windowMs }) => windowMs);
  const shortest = lengths.reduce((least, ms) => Math.min(least, ms), Number.POSITIVE_INFINITY);
  const longest = lengths.reduce((most, ms) => Math.max(most, ms), 0);
  if (!(longest > shortest)) return lastText(entities.length > 0 ? entities[0]! : shown);
  return `last ${formatDuration(shortest)} to ${formatDuration(longest)}`;
}

/** Whether other slots than those of the window are shown. */
export function isCoarse({ covers }: Pick<EntitySnapshot, "covers">): boolean {
  return covers.slotMs > FINE_MS;
}
