import type { EntityKind } from "../../core/entity.ts";
import type { Measure, Read } from "../../core/measure.ts";
import type { Metric, MetricType } from "../../core/metric.ts";

/** The metric behind a measure that is one statistic of it; undefined for ratios and the like. */
export function metricOf(kind: EntityKind, { read }: Measure): Metric | undefined {
  return read.type === "statistic" ? kind.metrics.find(({ name }) => name === read.metric) : undefined;
}

/** Whether a measure is a statistic of a histogram, so that its values have a distribution. */
export function hasDistribution(kind: EntityKind, measure: Measure): boolean {
  return metricOf(kind, measure)?.type === "histogram";
}

/** Whether all that a measure reads is of one type of metric. */
export function readsOnly(kind: EntityKind, measure: Measure, type: MetricType): boolean {
  const names = new Set(metricNames(measure.read));
  return kind.metrics.every((metric) => !names.has(metric.name) || metric.type === type);
}

function metricNames(read: Read): readonly string[] {
  switch (read.type) {
    case "statistic":
      return [read.metric];
    case "ratio":
      return [read.of.metric, read.to.metric];
    case "within":
      return [read.metric];
    case "first":
      return read.reads.flatMap(metricNames);
  }
}

/** Rates and counts add up over time, so a mean is exact where the worst would exaggerate. */
export function addsUp({ read }: Measure): boolean {
  return read.type === "statistic" && (read.stat === "rate" || read.stat === "count");
}

/** How a column of a chart sums up its values, for the chart's title. */
export function extremeWord({ worse }: Measure): string {
  return worse === "none" ? "highest of each step" : "worst of each step";
}
