import { parseDuration } from "../core/duration.ts";
import { usageError } from "./errors.ts";

const WHOLE = /^[+-]?\d+$/;

/** The longest headless run: nearly six days at the default tick. */
const MAX_TICKS = 1_000_000;

/** `--seed`: any whole number. */
export function parseSeed(text: string): number {
  const seed = WHOLE.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(seed))
    throw usageError(`--seed must be a whole number, such as 42, not "${text}"`);
  return seed;
}

/** `--ticks`: the number of ticks of a headless run. */
export function parseTicks(text: string): number {
  const ticks = WHOLE.test(text) ? Number(text) : Number.NaN;
  if (!(ticks >= 1 && ticks <= MAX_TICKS)) {
    throw usageError(`--ticks must be a whole number from 1 to ${MAX_TICKS}, such as 50, not "${text}"`);
  }
  return ticks;
}

/** `--max-fps`, `--max-kbps`: a limit in a range in which the screen is still alive. */
export function parseLimit(
  flag: string,
  { min, max, example }: { readonly min: number; readonly max: number; readonly example: number },
): (text: string) => number {
  return (text) => {
    const limit = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (!(limit >= min && limit <= max)) {
      throw usageError(`${flag} must be a number from ${min} to ${max}, such as ${example}, not "${text}"`);
    }
    return limit;
  };
}

/** `--every`: a time between two evaluations, ms. */
export function parseEvery(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined || !(ms >= 1 && ms <= 86_400_000))
    throw usageError(`--every must be a time from 1ms to 1d, such as 500ms, 10s or 1m, not "${text}"`);
  return ms;
}
