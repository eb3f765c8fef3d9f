import type { Measure, Percentile } from "../../../core/measure.ts";
import type { Metric } from "../../../core/metric.ts";

type Rest = Partial<Omit<Measure, "id" | "read">>;

/** The newest value of a gauge. */
export function latest(metric: Metric<"gauge">, title: string, rest: Rest = {}): Measure {
  const { name, unit, description } = metric;
  const read = { type: "statistic", metric: name, stat: "last" } as const;
  return { id: name, title, unit, description, worse: "up", read, ...rest };
}

/** The mean of a gauge over the window. */
export function average(metric: Metric<"gauge">, title: string, rest: Rest = {}): Measure {
  const { name, unit, description } = metric;
  const read = { type: "statistic", metric: name, stat: "mean" } as const;
  return { id: name, title, unit, description, worse: "none", read, top: 1, ...rest };
}

/** The rate of a counter, per second. */
export function rate(metric: Metric<"counter">, id: string, title: string, rest: Rest = {}): Measure {
  const read = { type: "statistic", metric: metric.name, stat: "rate" } as const;
  const description = `${metric.description}, per second`;
  return { id, title, unit: "per_second", description, worse: "up", read, axisAtLeast: 1, ...rest };
}

/** The increase of a counter in the window. */
export function increase(metric: Metric<"counter">, title: string, rest: Rest = {}): Measure {
  const read = { type: "statistic", metric: metric.name, stat: "count" } as const;
  const description = `${metric.description}, in the window`;
  return { id: metric.name, title, unit: "count", description, worse: "up", read, ...rest };
}

/** A percentile of a time in ms. @param id without the percentile: "wait" gives `wait_p95` */
export function percentile(
  metric: Metric<"histogram">,
  p: Percentile,
  id: string,
  title: string,
  rest: Rest = {},
): Measure {
  const read = { type: "statistic", metric: metric.name, stat: p } as const;
  const description = `${metric.description}; ${p.slice(1)} % took no longer`;
  const own = {
    id: `${id}_${p}`,
    title: `${title} ${p}`,
    unit: "ms",
    description,
    worse: "up",
    read,
  } as const;
  return { ...own, axisAtLeast: 100, ...rest };
}

/** How many values a histogram recorded in the window. */
export function countOf(metric: Metric<"histogram">, id: string, title: string): Measure {
  const read = { type: "statistic", metric: metric.name, stat: "count" } as const;
  const description = `${title} in the window`;
  return { id, title, unit: "count", description, worse: "none", read, hidden: true };
}

/**
 * Whether an entity is connected; if not, it is down. Rules find a measure by its id in any entity kind, so
 * each alert needs its own id.
 */
export function connection(
  metric: Metric<"gauge">,
  id: string,
  title: string,
  { alert, breach }: Required<Pick<Measure, "alert" | "breach">>,
): Measure {
  return { ...latest(metric, title, { worse: "down", limits: { down: 1 }, top: 1, alert, breach }), id };
}
