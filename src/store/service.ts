import type { LabelSets } from "./label-sets.ts";
import type { Ledger } from "./ledger.ts";
import type { ServiceRecorder } from "./recording/service-recorder.ts";
import type { SlotClock } from "./recording/slot-clock.ts";
import { Series } from "./series.ts";
import type { Archive } from "./slots/archive.ts";

/** One service: the series of all its requests, and those of its label sets. */
export class Service extends Series<ServiceRecorder> {
  readonly labelSets: LabelSets;
  readonly ledger: Ledger;

  constructor(
    clock: SlotClock,
    archive: Archive,
    id: number,
    recorder: ServiceRecorder,
    labelSets: LabelSets,
  ) {
    super(clock, archive, id, recorder);
    this.labelSets = labelSets;
    this.ledger = recorder.ledger;
  }
}
