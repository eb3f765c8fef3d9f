import type { Counts } from "./quantiles.ts";
import type { SlotHistory } from "./slot-history.ts";
import type { Totals } from "./totals.ts";

/** What has been recorded into the open slot so far. */
export interface OpenPart extends Counts {
  addTotals(target: Totals): void;
}

/** Whatever can be asked about its past: a service, or the fleet. */
export interface Subject {
  readonly history: SlotHistory;
  /** Since when it has been watched, ms since the epoch; NaN while no time is known. */
  watchedSince(): number;
  /** May cost something; valid until the next call. */
  open(): OpenPart;
}
