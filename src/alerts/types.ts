import type { z } from "zod";
import type { Severity } from "../core/alert.ts";
import type { EntityKind } from "../core/entity.ts";
import type { EntityReading } from "../measures/reading.ts";

/** A condition that holds right now. */
export interface Breach {
  readonly severity: Severity;
  /** With the actual numbers. */
  readonly message: string;
  /** The measure that it is about, where it is about one. */
  readonly measure?: string;
}

/** How long a breach must last before it fires: both at once. */
export interface Hold {
  /** Evaluations in a row, at least 1. */
  readonly ticks: number;
  readonly ms: number;
}

/** A kind of rule. It looks at one reading and knows nothing of the past: the life cycle of alerts is elsewhere. */
export interface RuleKind<Options> {
  readonly kind: string;
  readonly description: string;
  /** Its own options with their defaults, in config spelling (snake_case). */
  readonly schema: z.ZodObject & z.ZodType<Options>;
  /** Whether it can say anything about entities of this kind. */
  applies(kind: EntityKind, options: Options): boolean;
  hold(options: Options, reading: EntityReading): Hold;
  evaluate(reading: EntityReading, options: Options): Breach | undefined;
}

/** A rule as configured. */
export interface Rule {
  /** The name of its alerts, such as HIGH_LATENCY. Of several rules with one name, one decides per entity. */
  readonly name: string;
  readonly kind: string;
  readonly options: unknown;
  /** Only these entities; all when undefined. */
  readonly entities: readonly string[] | undefined;
}
