import type { Random } from "../../../core/random.ts";

const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 60_000;
/**
 * Maximum random share added to a delay, so that messages that failed together are not retried at the same
 * time.
 */
const JITTER = 0.2;

/**
 * The delay before the next attempt, ms: 1, 2, 4, ... s with up to 20 % of jitter, at most 60 s.
 * @param retry 1 for the first retry
 */
export function retryDelayMs(retry: number, random: Random): number {
  const delay = FIRST_DELAY_MS * 2 ** Math.min(retry - 1, 10);
  return Math.min(LONGEST_DELAY_MS, delay * (1 + JITTER * random.next()));
}
