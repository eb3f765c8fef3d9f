import { Histogram } from "./histogram.ts";
import type { Ledger } from "./ledger.ts";
import { SparseCounts } from "./sparse-counts.ts";
import { Totals } from "./totals.ts";

/** Room to put one slot of one series together in; one for the whole store. */
export class Workbench {
  readonly totals = new Totals();
  readonly sparse = new SparseCounts();
  readonly histogram: Histogram;

  constructor(ledger: Ledger) {
    this.histogram = new Histogram(ledger);
  }
}
