import { Histogram } from "../histogram/histogram.ts";
import { SparseCounts } from "../histogram/sparse-counts.ts";
import { Totals } from "../histogram/totals.ts";
import type { Ledger } from "../ledger.ts";

/** Room to put one slot of one series together in; one for the whole store. */
export class Workbench {
  readonly totals = new Totals();
  readonly sparse = new SparseCounts();
  readonly histogram: Histogram;

  constructor(ledger: Ledger) {
    this.histogram = new Histogram(ledger);
  }
}
