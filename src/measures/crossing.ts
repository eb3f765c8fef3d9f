import type { Level } from "../core/measure.ts";

/** A level of a measure that applies now. */
export interface Crossing {
  readonly level: Level;
  /**
   * What shows it: the values of the window, those of the last seconds (a new fault in a long window), or nothing any
   * more, but the measure has not clearly recovered.
   */
  readonly basis: "window" | "recent" | "held";
  /** The value of the last seconds, where it alone is beyond the limit. */
  readonly recent?: number;
}
