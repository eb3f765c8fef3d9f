import type { Entity } from "../core/entity.ts";
import type { ParamSpecs, Params, ParamsOf } from "../core/params.ts";

/**
 * A kind of fault: its targets, its parameters and its effects. `Effects` is defined by the world that
 * applies it.
 */
export interface FaultKind<Effects = never, Specs extends ParamSpecs = ParamSpecs> {
  readonly kind: string;
  /** The key that selects it in the fault menu. Not `j`, `k`, `g`, `q` or `x`, which have other meanings. */
  readonly key: string;
  readonly title: string;
  /** One sentence for the menu and for `describe`. */
  readonly description: string;
  /** The entity kinds it can be injected into. */
  readonly accepts: readonly string[];
  /** The first parameter is the intensity that `+` and `-` change; empty: on or off. */
  readonly params: Specs;
  /**
   * The measures it affects, most direct first. Its card shows the first one, and an alert is attributed to
   * a fault that affects the alert's measure. Default: the headline of the kind.
   */
  readonly moves?: readonly string[];
  /** Default duration, ms. */
  readonly defaultTtlMs: number;
  /** A short text: "latency +800 ms". */
  label(params: ParamsOf<Specs>): string;
  /** Why it would not affect this entity, as a clause ("it calls no other service"); undefined: it would. */
  refuses?(entity: Entity): string | undefined;
  /** Adds this fault to the effects of others. `elapsedMs` is the time since its injection. */
  apply(effects: Effects, params: ParamsOf<Specs>, elapsedMs: number): void;
}

/** A fault kind with unspecified effects and parameters, for code that does not apply it. */
// biome-ignore lint/suspicious/noExplicitAny: registries hold kinds with different effects and parameters
export type AnyFaultKind = FaultKind<any, any>;

/** Declares a fault kind with the types of its effects and parameters inferred. */
export function defineFault<Effects>() {
  return <const Specs extends ParamSpecs>(kind: FaultKind<Effects, Specs>): FaultKind<Effects, Specs> => kind;
}

/** A fault that is active on an entity. Times are ms since the epoch. */
export interface ActiveFault {
  readonly id: number;
  readonly entity: string;
  readonly kind: string;
  readonly params: Params;
  readonly startedAt: number;
  /** When it ends automatically. */
  readonly endsAt: number;
}
