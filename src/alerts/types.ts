import type { z } from "zod";
import type { Severity } from "../core/alert.ts";
import type { EntityKind } from "../core/entity.ts";
import type { Limits } from "../core/measure.ts";
import type { Labels } from "../core/metric.ts";
import type { EntityReading } from "../measures/reading.ts";
import type { PromRule, PromScope } from "./promql/types.ts";
import type { RuleMemory } from "./rule-memory.ts";

/** A condition that currently holds. */
export interface Breach {
  readonly severity: Severity;
  /** Contains the current values. */
  readonly message: string;
  /** The limit is not crossed any more, but the value has not clearly recovered. */
  readonly isHeld?: boolean;
  /** The measure concerned, if any, its value, and the limit that it has crossed, in the unit of the measure. */
  readonly measure?: string;
  readonly value?: number;
  readonly limit?: number;
}

/** How long a breach must last before it fires (both conditions must be met), and how long after it ended. */
export interface Hold {
  /** Consecutive evaluations, at least 1. */
  readonly ticks: number;
  readonly ms: number;
  /** How long it goes on firing after the breach ended, ms; absent: not at all. */
  readonly keepFiringMs?: number;
}

/** The kind of the entities that a rule applies to, and their limits by measure id. */
export interface RuleTarget {
  readonly kind: EntityKind;
  readonly limits: Readonly<Record<string, Limits>>;
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
  /** Whether it judges an entity of which nothing is known at present. Default: no, its alert keeps its state. */
  judgesUnknown?(reading: EntityReading, options: Options): boolean;
  /** The ids of the measures that it reads. */
  measures(options: Options): readonly string[];
  /** The severities of its alerts, in rising order. @param target undefined: entities of several kinds */
  severities(options: Options, target: RuleTarget | undefined): readonly Severity[];
  /** The condition as text: "cpu > 80%". @param target undefined: entities of several kinds */
  condition(options: Options, target: RuleTarget | undefined): string;
  hold(options: Options, reading: Pick<EntityReading, "kind">): Hold;
  /** @param memory what this rule remembers of its entities */
  evaluate(reading: EntityReading, options: Options, memory: RuleMemory): Breach | undefined;
  /** The condition in PromQL, for `rules export`; absent: PromQL cannot express it. */
  promql?(options: Options, scope: PromScope): PromRule;
}

/** Conditions on the entities that a rule applies to; absent ones are met by all. */
export interface RuleMatch {
  /** Names of entity kinds. */
  readonly kind?: readonly string[];
  /** A pattern with * and ?, or a regular expression between slashes; both match the whole name. */
  readonly name?: string;
  /** As Alertmanager writes them: `team="payments", tier=~"1|2"`. Besides labels they can name `kind` and `entity`. */
  readonly labels?: string;
}

/** A rule as configured. Plain data. */
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
  /** Only entities that meet all of these conditions. */
  readonly match?: RuleMatch;
  /** Part of the identity of its alerts. */
  readonly labels?: Labels;
  /** Templates by name; `summary` replaces the message. See template-text.ts. */
  readonly annotations?: Labels;
  /** Absent: it is. */
  readonly enabled?: false;
}
