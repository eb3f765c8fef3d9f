import type { Measure } from "./measure.ts";
import type { Labels, Metric } from "./metric.ts";

/** A column of the table of one entity kind. */
export interface Column {
  /** The id of a measure. */
  readonly measure: string;
  /** The heading; it contains the unit if the cells do not. */
  readonly heading: string;
  /** Width in terminal columns. */
  readonly width: number;
  /** The column with the lowest priority is hidden last. */
  readonly priority: number;
}

/** A kind of monitored entity: its metrics, its measures, and how they are shown. */
export interface EntityKind {
  /** Singular, as in configs and labels: `service`, `queue`. */
  readonly kind: string;
  /** Plural, as the title of its section: "services". */
  readonly title: string;
  readonly description: string;
  readonly metrics: readonly Metric[];
  /** In display and evaluation order. */
  readonly measures: readonly Measure[];
  /** From left to right, without name and health, which all kinds have. */
  readonly columns: readonly Column[];
  /** The measure shown in charts, sparklines and fault cards. */
  readonly headline: string;
  /** The measure that counts what `Recorder.failure` gives the reasons of, if there is one. */
  readonly failures?: string;
  /** Measures drawn as bars over time next to the headline, usually errors and throughput. */
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

/** A monitored entity. */
export interface Entity {
  /** Unique among all entities. */
  readonly name: string;
  /** The name of its EntityKind. */
  readonly kind: string;
  /** Where its observations come from: the name of a world instance or of a source kind. */
  readonly origin: string;
  readonly labels: Labels;
  readonly links: readonly Link[];
}

/**
 * True if problems of an entity also affect the entity that its link points to. Problems of the target always
 * affect the owner of the link. A caller's problems stay with the caller; but a slow consumer fills its queue, a
 * publisher floods it, and a part is a part of the problem of the whole.
 */
export function affectsTarget({ type }: Link): boolean {
  return type !== "calls";
}
