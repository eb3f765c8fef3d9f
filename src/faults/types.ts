import type { Entity } from "../core/entity.ts";
import type { ParamSpecs, Params, ParamsOf } from "../core/params.ts";

/**
 * One kind of deliberate fault: what it can break, how strong it can be, and what it does. `Effects` belongs to
 * the world that understands it.
 */
export interface FaultKind<Effects = never, Specs extends ParamSpecs = ParamSpecs> {
  readonly kind: string;
  /** The letter that chooses it in the fault menu. Never `j`, `k`, `g`, `q` or `x`: those have other meanings. */
  readonly key: string;
  readonly title: string;
  /** One sentence for the menu and for `describe`. */
  readonly description: string;
  /** The entity kinds it can be injected into. */
  readonly accepts: readonly string[];
  /** The first parameter is the intensity that `+` and `-` change; none: all or nothing. */
  readonly params: Specs;
  /**
   * The measures that it moves, the one that shows it most directly first: its card follows that one, and of
   * several faults an alert is attributed to the one that moves its measure. Default: the headline of the kind.
   */
  readonly moves?: readonly string[];
  /** How long it lasts unless another time is chosen, ms. */
  readonly defaultTtlMs: number;
  /** The fault in a few words: "latency +800 ms". */
  label(params: ParamsOf<Specs>): string;
  /** Why this entity would not feel it, as a clause ("it calls no other service"); undefined: it would. */
  refuses?(entity: Entity): string | undefined;
  /** Adds this fault to what others have already done. `elapsedMs` is the time since its injection. */
  apply(effects: Effects, params: ParamsOf<Specs>, elapsedMs: number): void;
}

/** A fault kind of which only the description matters: its effects and parameters are its world's business. */
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
  /** When it ends by itself. */
  readonly endsAt: number;
}
