import type { EntityKind } from "../../core/entity.ts";
import type { Measure, Read } from "../../core/measure.ts";
import type { Metric, MetricType } from "../../core/metric.ts";

/** The metric of a measure that is a single statistic; undefined for ratios and other reads. */
export function metricOf(kind: EntityKind, { read }: Measure): Metric | undefined {
  return read.type === "statistic" ? kind.metrics.find(({ name }) => name === read.metric) : undefined;
}

/** Whether a measure is a statistic of a histogram and so has a distribution. */
export function hasDistribution(kind: EntityKind, measure: Measure): boolean {
  return metricOf(kind, measure)?.type === "histogram";
}

/** Whether all metrics of a measure have this type. */
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
    case "lowest":
      return read.reads.flatMap(metricNames);
    case "usual":
    case "relative":
      return [];
  }
}

/** How a chart column aggregates its values, for the title. */
export function extremeWord({ worse }: Measure): string {
  return worse === "none" ? "highest of each step" : "worst of each step";
}
