import type { Labels, Metric } from "../../core/metric.ts";
import type { Series } from "../types.ts";

/** What identifies a series; `id` is counted up and never used again. */
export interface SeriesIdentity {
  readonly id: number;
  readonly entity: string;
  readonly labels: Labels | undefined;
  /** When it was first asked for, ms since the epoch; NaN while no time is known. */
  readonly openedAt: number;
}

/** A series of an entity, while it is kept and after. */
export abstract class KeptSeries<Of extends Metric = Metric> implements Series {
  readonly id: number;
  readonly entity: string;
  readonly metric: Of;
  readonly labels: Labels | undefined;
  readonly openedAt: number;
  /** False from when it was removed or has expired: it then answers as empty. */
  kept = true;

  constructor({ id, entity, labels, openedAt }: SeriesIdentity, metric: Of) {
    this.id = id;
    this.entity = entity;
    this.metric = metric;
    this.labels = labels;
    this.openedAt = openedAt;
  }

  /** When it was last recorded, ms since the epoch; -Infinity: never. */
  abstract get lastAt(): number;
}

/** Part of the name of a labelled series, as Prometheus writes it: `metric{a="x",b="y"}`, labels sorted. */
export function labelKey(metric: string, labels: Labels): string {
  const pairs = Object.keys(labels)
    .sort()
    .map((name) => `${name}=${JSON.stringify(labels[name])}`);
  return `${metric}{${pairs.join(",")}}`;
}

/** Whether there are no labels, so that a series is the entity's own. */
export function isEmpty(labels: Labels | undefined): labels is undefined {
  if (labels === undefined) return true;
  for (const _ in labels) return false;
  return true;
}
