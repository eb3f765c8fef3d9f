import { z } from "zod";
import { lazy } from "./lazy.ts";

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** "250ms", "1.5s", "2m", "1h", "1d" -> ms; undefined if the text is not a duration. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text.trim());
  return match ? Number(match[1]) * UNIT_MS[match[2]!]! : undefined;
}

/**
 * A length of time in a config: "250ms", "1.5s", "2m", "1h", "1d", or a plain number of ms. Returns ms.
 * @param minMs the minimum; anything below is an error
 */
export function duration(minMs: number) {
  const problem = `must be a duration of at least ${minMs}ms, such as 250ms, 1.5s or 2m`;
  return z
    .union([z.number(), z.string().regex(DURATION, problem)], { error: problem })
    .transform((value) => (typeof value === "number" ? value : parseDuration(value)!))
    .refine((ms) => Number.isFinite(ms) && ms >= minMs, problem);
}

/** A share 0..1. */
export const ratio = lazy(() =>
  z
    .number({ error: "must be a number from 0 to 1" })
    .min(0, "must be a number from 0 to 1")
    .max(1, "must be a number from 0 to 1"),
);

/** A percentage 0..100. */
export const percent = lazy(() =>
  z
    .number({ error: "must be a percentage from 0 to 100" })
    .min(0, "must be a percentage from 0 to 100")
    .max(100, "must be a percentage from 0 to 100"),
);
