import type { z } from "zod";
import type { Severity } from "../core/alert.ts";
import type { EntityKind } from "../core/entity.ts";
import type { EntityReading } from "../measures/reading.ts";
import type { RuleJudges } from "./rule-judges.ts";

/** A condition that currently holds. */
export interface Breach {
  readonly severity: Severity;
  /** Contains the current values. */
  readonly message: string;
  /** The limit is not crossed any more, but the value has not clearly recovered. */
  readonly isHeld?: boolean;
  /** The measure concerned, if any. */
  readonly measure?: string;
}

/** How long a breach must last before it fires (both conditions must be met), and how long after it ended. */
export interface Hold {
  /** Consecutive evaluations, at least 1. */
  readonly ticks: number;
  readonly ms: number;
  /** How long it goes on firing after the breach ended, ms; absent: not at all. */
  readonly keepFiringMs?: number;
}

/** A kind of rule. It evaluates one reading and keeps no state; its judges and the alert life cycle do that. */
export interface RuleKind<Options> {
  readonly kind: string;
  readonly description: string;
  /** The options with their defaults, in config spelling (snake_case). */
  readonly schema: z.ZodObject & z.ZodType<Options>;
  /** An example entry of `rules:`, as an object. */
  readonly example: Readonly<Record<string, unknown>>;
  /** Whether the rule applies to entities of this kind. */
  applies(kind: EntityKind, options: Options): boolean;
  hold(options: Options, reading: EntityReading): Hold;
  /** @param judges for limits of the rule's own; kept from one evaluation to the next */
  evaluate(reading: EntityReading, options: Options, judges: RuleJudges): Breach | undefined;
}

/** A rule as configured. */
export interface Rule {
  /**
   * The name of its alerts, such as HIGH_LATENCY. Of several rules with the same name, one applies per
   * entity.
   */
  readonly name: string;
  readonly kind: string;
  readonly options: unknown;
  /** Only these entities; all when undefined. */
  readonly entities?: readonly string[] | undefined;
}
