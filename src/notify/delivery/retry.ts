import type { Severity } from "../../core/alert.ts";
import { createRandom } from "../../core/random.ts";

/** The first retries follow quickly: most problems pass within seconds, ms. */
const FIRST_MS = [2_000, 4_000, 8_000] as const;
/** Then the recipient is down: the wait doubles from here to here, ms. */
const DOWN_MS = 15_000;
const LONGEST_MS = 300_000;
/** Each wait is up to this share longer or shorter, so that what failed together does not return together. */
const JITTER = 0.2;

const HOUR_MS = 3_600_000;
/** So long after it was queued a notification is given up, ms. */
const GIVE_UP_MS: Readonly<Record<Severity, number>> = {
  warning: 4 * HOUR_MS,
  critical: 12 * HOUR_MS,
  page: 24 * HOUR_MS,
};

/**
 * How long to wait after a failed attempt, ms. The jitter depends on the key and the attempt alone.
 * @param attempt 1 for the first that failed
 */
export function retryDelay(key: string, attempt: number): number {
  const base = FIRST_MS[attempt - 1] ?? Math.min(LONGEST_MS, DOWN_MS * 2 ** (attempt - FIRST_MS.length - 1));
  const jitter = JITTER * (2 * createRandom(key, `retry ${attempt}`).next() - 1);
  return Math.round(base * (1 + jitter));
}

/** When a notification is given up, ms since the epoch. @param since when it was queued */
export function givenUpAt(severity: Severity, since: number): number {
  return since + GIVE_UP_MS[severity];
}
