import type { z } from "zod";
import type { Severity } from "../core/alert.ts";
import type { ServiceReading } from "../core/reading.ts";

/** A condition that holds right now. */
export interface Breach {
  readonly severity: Severity;
  /** With the actual numbers. */
  readonly message: string;
}

/** How long a breach must last before it fires: both at once. */
export interface Hold {
  /** Evaluations in a row, at least 1. */
  readonly ticks: number;
  readonly ms: number;
}

/** A kind of rule. It looks at one reading and knows nothing of the past: the life of an alert is elsewhere. */
export interface RuleKind<Options> {
  readonly kind: string;
  readonly description: string;
  /** Its own options with their defaults, in config spelling (snake_case). */
  readonly schema: z.ZodObject & z.ZodType<Options>;
  hold(options: Options): Hold;
  evaluate(reading: ServiceReading, options: Options): Breach | undefined;
}

/** A rule as configured. */
export interface Rule {
  readonly kind: string;
  readonly options: unknown;
  /** Only these services; all when undefined. */
  readonly services: readonly string[] | undefined;
}
