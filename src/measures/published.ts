import type { EntityKind } from "../core/entity.ts";
import { addsUp, type Measure } from "../core/measure.ts";

/**
 * The measures of a kind whose values are recorded as they are published: the headline, the bars, and those with
 * limits or compared around faults. A percentile or a ratio over a long time says little about those of its
 * parts, so charts cannot compute them later. Rates and counts add up, and gauges keep their extremes: except for
 * the headline and the bars, which charts always draw, these are left out.
 */
export function publishedMeasures(kind: EntityKind): readonly Measure[] {
  const { headline, bars, compared, measures } = kind;
  return measures.filter((measure) => {
    if (measure.onDemand) return false;
    if (measure.id === headline) return true;
    if (addsUp(measure)) return false;
    if (bars.includes(measure.id)) return true;
    return (measure.limits !== undefined || compared.includes(measure.id)) && !isGauge(kind, measure);
  });
}

/** Those that are also known for the fleet: statistics of a histogram that is recorded for all entities together. */
export function publishedOfFleet(kind: EntityKind): readonly Measure[] {
  return publishedMeasures(kind).filter((measure) => metricOf(kind, measure)?.fleet === true);
}

function isGauge(kind: EntityKind, measure: Measure): boolean {
  return metricOf(kind, measure)?.type === "gauge";
}

function metricOf(kind: EntityKind, { read }: Measure) {
  return read.type === "statistic" ? kind.metrics.find(({ name }) => name === read.metric) : undefined;
}
