import { z } from "zod";
import { SEVERITIES, type Severity } from "../core/alert.ts";
import { lazy } from "../core/lazy.ts";
import { DAY_MS, duration, HOUR_MS, MAX_NUMBER, WEEK_MS } from "../core/quantity.ts";
import type { Hold } from "./types.ts";

const WHOLE = "must be a whole number of at least 1";
const MOST = 1_000_000;
const TOO_MANY = "must be at most 1,000,000";

/** The options that every rule kind has; spread into its schema. */
export const commonOptions = lazy(() => ({
  for: duration(0, DAY_MS).default(0).describe("how long the condition must hold before the alert fires"),
  keep_firing_for: duration(0, DAY_MS)
    .default(0)
    .describe("how long the alert goes on firing after the condition ended"),
}));

/** For rules about requests: with fewer requests in the window the rule does not fire. */
export const minRequests = lazy(() =>
  z
    .int({ error: WHOLE })
    .min(1, WHOLE)
    .max(MOST, TOO_MANY)
    .default(5)
    .describe("minimum requests in the window; with fewer the rule does not fire"),
);

/** How many consecutive evaluations a condition must hold. */
export const wholeTicks = lazy(() => z.int({ error: WHOLE }).min(1, WHOLE).max(MOST, TOO_MANY));

/** The measure that a rule is about. */
export const measureId = lazy(() => z.string({ error: "must be the id of a measure, such as depth" }).min(1));

/** A value of any measure, in its unit. */
export const measureValue = lazy(() =>
  z.union([z.number().min(-MAX_NUMBER).max(MAX_NUMBER), duration(0, WEEK_MS)], {
    error: "must be a number, or a duration for a measure of time",
  }),
);

/** The window of a measure where it is not that of the entity. */
export const ownWindow = lazy(() =>
  duration(1000, HOUR_MS)
    .transform(Math.round)
    .optional()
    .describe("window of the measure; default: that of the entity"),
);

/** @param usual the severity where none is given */
export function severity(usual: Severity) {
  return z.enum(SEVERITIES).default(usual).describe("severity of the alerts");
}

/** The common options, parsed. */
export interface CommonOptions {
  /** ms */
  readonly for: number;
  readonly keep_firing_for: number;
}

/**
 * The hold set by the common options.
 * @param ticks consecutive evaluations, for kinds that also count them
 */
export function holdOf(options: CommonOptions, ticks = 1): Hold {
  return { ticks, ms: options.for, keepFiringMs: options.keep_firing_for };
}
