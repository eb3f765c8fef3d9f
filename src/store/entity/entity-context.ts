import type { Metric } from "../../core/metric.ts";
import type { Range } from "../histogram/spread-counts.ts";
import type { LabelSetCount } from "../label-set-count.ts";
import type { FailureBudget } from "../recording/failure-log.ts";
import type { HistogramShared } from "../recording/histogram-handles.ts";
import type { OpenSlot } from "../recording/open-slot.ts";
import type { RetentionBudget } from "../scalars/retention-budget.ts";
import type { HistogramSeries } from "../series/histogram-series.ts";
import type { SeriesIdentity } from "../series/kept-series.ts";

/** What an entity needs of its store. @typeParam Entity the entity itself */
export interface EntityContext<Entity> extends HistogramShared {
  readonly budget: RetentionBudget;
  readonly labelSets: LabelSetCount;
  readonly failures: FailureBudget;
  /** A number that no other series has or had. */
  nextId(): number;
  rangeOf(metric: Metric): Range;
  openHistogram(
    identity: SeriesIdentity,
    metric: Metric<"histogram">,
    slot: OpenSlot,
    since: () => number,
  ): HistogramSeries;
  closeHistogram(series: HistogramSeries): void;
  /** An expired entity is observed again: keeps it again, as a new one. */
  revive(entity: Entity): void;
}
