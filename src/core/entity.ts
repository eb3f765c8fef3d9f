import type { Measure } from "./measure.ts";
import type { Labels, Metric } from "./metric.ts";

/** A column of the table of one entity kind. */
export interface Column {
  /** The id of a measure. */
  readonly measure: string;
  /** The heading; it names the unit where the cell does not. */
  readonly heading: string;
  /** Columns on screen. */
  readonly width: number;
  /** Which column stays longest when space is scarce: the lowest. */
  readonly priority: number;
}

/** A kind of thing that is watched: what is recorded about it, and how it is shown and judged. */
export interface EntityKind {
  /** Singular, as in configs and labels: `service`, `queue`. */
  readonly kind: string;
  /** Plural, as the title of its section: "services". */
  readonly title: string;
  readonly description: string;
  readonly metrics: readonly Metric[];
  /** In the order in which they are listed and judged. */
  readonly measures: readonly Measure[];
  /** From left to right, without name and health, which every kind has. */
  readonly columns: readonly Column[];
  /** The measure that charts, sparklines and fault cards follow. */
  readonly headline: string;
  /** Measures drawn as bars over time beside the headline: what went wrong, and how much work there was. */
  readonly bars: readonly string[];
  /** Measures compared before, during and after a fault. The first is the most important. */
  readonly compared: readonly string[];
}

/** How one entity depends on another. */
export const LINK_TYPES = ["calls", "publishes", "consumes", "part-of", "replicates"] as const;
export type LinkType = (typeof LINK_TYPES)[number];

export interface Link {
  readonly type: LinkType;
  /** The name of the other entity, of any kind in any world. */
  readonly to: string;
}

/** Something that is watched. */
export interface Entity {
  /** Unique among everything that is watched. */
  readonly name: string;
  /** The name of its EntityKind. */
  readonly kind: string;
  /** Where its observations come from: the name of a world instance, or of a kind of source. */
  readonly origin: string;
  readonly labels: Labels;
  readonly links: readonly Link[];
}

/**
 * True when trouble of `to` is felt by the entity that has the link: a caller feels its callee, a consumer its
 * queue, a publisher the queue it publishes to.
 */
export function feels({ type }: Link): boolean {
  return type !== "part-of";
}
