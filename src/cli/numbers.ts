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

/** One frame in 1,000 s. Slower rates would be timers beyond the 24.8 days that a timer can wait. */
export const LEAST_FPS = 0.001;
/** A full redraw of the largest screen then takes about a day. */
export const LEAST_KBPS = 0.1;

/** `--max-fps`, `--max-kbps`: a limit of at least `least` (above 0). */
export function parseLimit(flag: string, least: number, example: number): (text: string) => number {
  return (text) => {
    const limit = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (limit >= least) return limit;
    const sentence = limit > 0 ? `must be at least ${least}` : `must be a number above 0, such as ${example}`;
    throw usageError(`${flag} ${sentence}, not "${text}"`);
  };
}
