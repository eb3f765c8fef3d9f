import { z } from "zod";
import { DURATION, durationText, parseDuration } from "./duration.ts";
import { lazy } from "./lazy.ts";

/** Common upper limits of durations, ms. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;

/** An upper limit for numbers of any kind: beyond it, whole numbers are no longer exact. */
export const MAX_NUMBER = 1e15;

/**
 * A length of time in a config: "250ms", "1.5s", "2m", "1h", "1d", or a plain number of ms. Returns ms.
 * Every duration has a maximum that makes sense for its field: without one, the longest would overflow timers
 * (2^31 ms) or ask for more simulated time than anybody can wait for.
 * @param minMs the minimum; anything below is an error
 * @param maxMs the maximum; anything above is an error
 */
export function duration(minMs: number, maxMs: number) {
  const problem = `must be a duration of at least ${minMs}ms, such as 250ms, 1.5s or 2m`;
  const tooLong = `must be at most ${durationText(maxMs)}`;
  return z
    .union(
      [
        z.number().min(minMs, problem).max(maxMs, tooLong),
        z
          .string()
          .regex(DURATION, problem)
          .refine((text) => !(parseDuration(text)! < minMs), problem)
          .refine((text) => !(parseDuration(text)! > maxMs), tooLong),
      ],
      { error: ({ input }) => (msOf(input) > maxMs ? tooLong : problem) },
    )
    .transform((value) => (typeof value === "number" ? value : parseDuration(value)!));
}

function msOf(input: unknown): number {
  if (typeof input === "number") return input;
  return (typeof input === "string" ? parseDuration(input) : undefined) ?? Number.NaN;
}

/** A whole number within limits. */
export function whole(min: number, max: number) {
  const problem = `must be a whole number from ${min} to ${max}`;
  return z.int({ error: problem }).min(min, problem).max(max, problem);
}

/** A share 0..1. */
export const ratio = lazy(() =>
  z
    .number({ error: "must be a number from 0 to 1" })
    .min(0, "must be a number from 0 to 1")
    .max(1, "must be a number from 0 to 1"),
);

/** A percentage from 0 to `max`, at most 100. */
export function percentUpTo(max: number) {
  const problem = `must be a percentage from 0 to ${max}`;
  return z.number({ error: problem }).min(0, problem).max(max, problem);
}

/** A percentage 0..100. */
export const percent = lazy(() => percentUpTo(100));
