import type { Severity } from "../../core/alert.ts";
import type { EntityKind } from "../../core/entity.ts";
import type { Limits, Measure } from "../../core/measure.ts";

/** The entities that one rule of Prometheus is written for: of one kind, and with the same limits. */
export interface PromScope {
  readonly kind: EntityKind;
  /** By measure id. */
  readonly limits: Readonly<Record<string, Limits>>;
  /** The window of their values, ms. */
  readonly windowMs: number;
  /** The label matchers that select their series: `kind="service",entity=~"a|b"`. */
  readonly matchers: string;
  /** The name of the alerts. */
  readonly alert: string;
  /** The evaluation interval, ms. */
  readonly tickMs: number;
}

/** A condition of one severity in PromQL. */
export interface PromCondition {
  readonly severity: Severity;
  readonly expr: string;
  /** The measure whose value `expr` has, if it has that of one: for texts with the value in its unit. */
  readonly measure?: Measure | undefined;
  /** How long it must last on top of the hold of the rule, ms; absent: no longer. */
  readonly lastsMs?: number;
}

/** A rule in PromQL, and in what it differs from what Faultline evaluates. */
export interface PromRule {
  /** In rising severity; at most one of each. */
  readonly conditions: readonly PromCondition[];
  /** Sentences without the name of the rule; empty: both are in the same state at every evaluation. */
  readonly differences: readonly string[];
}
