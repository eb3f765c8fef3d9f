import { z } from "zod";
import { duration } from "../core/quantity.ts";
import type { Hold } from "./types.ts";

/** The options that every rule kind has; spread into its schema. */
export const commonOptions = {
  for: duration(0).default(0).describe("how long the condition must last before the alert fires"),
};

/** For kinds that judge a share or a percentile: with fewer requests than this they hold their tongue. */
export const minRequests = z
  .int({ error: "must be a whole number of at least 1" })
  .min(1, "must be a whole number of at least 1")
  .default(5)
  .describe("with fewer requests than this in the window the rule stays quiet");

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
