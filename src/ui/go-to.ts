import { parseDuration } from "../core/duration.ts";

const CLOCK_TIME = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;
const DAY_MS = 86_400_000;

/**
 * The instant (ms since the epoch) for "-2m", "14:03" or "14:03:20": that long before `now`, or the most
 * recent occurrence of that local time. Undefined for other text.
 */
export function parseMoment(text: string, now: number): number | undefined {
  const trimmed = text.trim();
  if (trimmed.startsWith("-")) {
    const ms = parseDuration(trimmed.slice(1));
    return ms === undefined ? undefined : now - ms;
  }
  const match = CLOCK_TIME.exec(trimmed);
  if (!match) return undefined;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const at = new Date(now).setHours(hours, minutes, seconds, 0);
  return at <= now ? at : at - DAY_MS;
}
