import type { z } from "zod";
import type { Clock } from "../core/clock.ts";
import type { EntityKind, Link } from "../core/entity.ts";
import type { Labels } from "../core/metric.ts";
import type { Recorder } from "../core/observation.ts";
import type { ParamSpecs, Params, ParamsOf } from "../core/params.ts";
import type { Random } from "../core/random.ts";
import type { AnyFaultKind } from "../faults/types.ts";

/** An entity as its origin declares it. */
export interface EntityDeclaration<Options = unknown> {
  readonly name: string;
  /** The name of one of the origin's entity kinds. */
  readonly kind: string;
  readonly labels?: Labels;
  readonly links: readonly Link[];
  /** How often its origin means to observe it, ms; what "missing" and "stale" are measured against. */
  readonly cadenceMs: number;
  /** What its origin needs to know of it. Plain data. */
  readonly options: Options;
}

/** An entity that an open origin observes. */
export interface Watched<Options = unknown> {
  readonly entity: EntityDeclaration<Options>;
  readonly recorder: Recorder;
}

/** All that an origin (a world or a source) may use of the program. */
export interface OriginContext {
  readonly clock: Clock;
  /** A stream of random numbers of its own for each name; the same seed gives the same streams. */
  readonly random: (name: string) => Random;
  /** False in headless runs: time is virtual there, so nothing outside the process can be asked. */
  readonly live: boolean;
  /** Applies the active faults of an entity at an instant (ms since the epoch) to fresh effects of its world. */
  readonly applyFaults: (entity: string, at: number, effects: unknown) => void;
  /**
   * Hands one unit of work (a message) to an entity of another world.
   * Returns undefined when it was taken, else why not in a few words: "broker down".
   */
  readonly send: (entity: string, at: number) => string | undefined;
  /** Begins to watch another entity, from now on. Declaring a known one again replaces its declaration. */
  readonly discover: (entity: EntityDeclaration) => Recorder;
  /** Ends the watching of an entity that was discovered. */
  readonly retire: (entity: string) => void;
  /** Reports that observing this entity failed; undefined: it works again. */
  readonly report: (entity: string, problem: string | undefined) => void;
}

/** An origin that is running. */
export interface OpenOrigin {
  /**
   * Takes over a changed list of entities without disturbing those that have not changed (`isDeepStrictEqual`
   * options). An origin without this is stopped and opened again when its entities' options change.
   */
  update?(watched: readonly Watched[]): void;
  /** Takes one unit of work from another world; see OriginContext.send. */
  receive?(entity: string, at: number): string | undefined;
  /**
   * Carries out an action on an entity. Returns what happened in a few words.
   * @throws RangeError with one plain sentence when it cannot be done
   */
  act?(action: string, entity: string, params: Params, at: number): string;
  /** Ends every timer, connection and request; late answers are ignored. */
  stop(): void;
}

/** Something an operator can do to an entity besides breaking it: scale, publish, replay. */
export interface ActionKind<Specs extends ParamSpecs = ParamSpecs> {
  readonly kind: string;
  /** The letter that chooses it in the fault menu; unlike those of the faults for the same entity kind. */
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly accepts: readonly string[];
  /** The first is the one that `+` and `-` change. */
  readonly params: Specs;
  /** "publish 100 messages" */
  label(params: ParamsOf<Specs>): string;
}

// biome-ignore lint/suspicious/noExplicitAny: registries hold kinds with different parameters
export type AnyActionKind = ActionKind<any>;

/** A simulated system with its own entity kinds, fault kinds and actions. */
export interface WorldKind<Options = unknown> {
  readonly kind: string;
  readonly description: string;
  /** Its options with their defaults, in config spelling (snake_case), strict. */
  readonly schema: z.ZodObject & z.ZodType<Options>;
  /** An entry of `worlds:` in a config that uses it, as an object. */
  readonly example: Readonly<Record<string, unknown>>;
  readonly entityKinds: readonly EntityKind[];
  readonly faultKinds: readonly AnyFaultKind[];
  readonly actionKinds: readonly AnyActionKind[];
  /** The entities that a world with these options begins with; names are unique within it. */
  entities(options: Options, name: string): readonly EntityDeclaration[];
  /** What options cannot express alone, such as a consumer of a queue that does not exist: path and sentence. */
  problems?(options: Options): readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
  open(watched: readonly Watched[], context: OriginContext): OpenOrigin;
}
