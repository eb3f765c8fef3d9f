import type { EntityKind } from "../core/entity.ts";
import type { Limits } from "../core/measure.ts";
import type { Labels } from "../core/metric.ts";
import type { Rule, RuleKind } from "./types.ts";

/** An entity as far as rules see it. */
export interface RuledEntity {
  readonly name: string;
  readonly kind: string;
  readonly labels: Labels;
  /** By measure id. */
  readonly limits: Readonly<Record<string, Limits>>;
  /** ms */
  readonly windowMs: number;
}

/** The rules of a config, and the entities that they apply to: a config, with the registries. */
export interface RuledFleet {
  readonly rules: readonly Rule[];
  readonly entities: readonly RuledEntity[];
  /** The limits of entities without limits of their own, by kind. */
  readonly kinds: Readonly<Record<string, { readonly limits: Readonly<Record<string, Limits>> }>>;
  /** The evaluation interval, ms. */
  readonly tickMs: number;
  readonly ruleKinds: ReadonlyMap<string, RuleKind<unknown>>;
  readonly entityKinds: ReadonlyMap<string, EntityKind>;
}
