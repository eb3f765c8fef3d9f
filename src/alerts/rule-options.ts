import { z } from "zod";
import { duration } from "../core/quantity.ts";
import type { Hold } from "./types.ts";

const WHOLE = "must be a whole number of at least 1";

/** The options that every rule kind has; spread into its schema. */
export const commonOptions = {
  for: duration(0).default(0).describe("how long the condition must hold before the alert fires"),
};

/** For rules about request services: with fewer requests in the window the rule stays quiet. */
export const minRequests = z
  .int({ error: WHOLE })
  .min(1, WHOLE)
  .default(5)
  .describe("with fewer requests than this in the window the rule stays quiet");

/** How many evaluations in a row a condition must hold. */
export const wholeTicks = z.int({ error: WHOLE }).min(1, WHOLE);

/** The common options once parsed. */
export interface CommonOptions {
  /** ms */
  readonly for: number;
}

/**
 * The hold that the common options ask for.
 * @param ticks evaluations in a row, for kinds that count them as well
 */
export function holdOf(options: CommonOptions, ticks = 1): Hold {
  return { ticks, ms: options.for };
}
