import type { Counts } from "./histogram/quantiles.ts";
import type { Totals } from "./histogram/totals.ts";
import type { Archive } from "./slots/archive.ts";
import type { Numbered } from "./slots/numbered.ts";
import type { RunningWindows } from "./windows/running-windows.ts";

/** What has been recorded into the open slot so far. */
export interface OpenPart extends Counts {
  addTotals(target: Totals): void;
}

/** Whatever can be asked about its past: a service, one of its label sets, or the fleet. */
export interface Subject extends Numbered {
  readonly archive: Archive;
  readonly windows: RunningWindows;
  /** Since when it has been watched, ms since the epoch; NaN while no time is known. */
  watchedSince(): number;
  /** May cost something; valid until the next call. */
  open(): OpenPart;
}
