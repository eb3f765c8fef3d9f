import type { z } from "zod";
import type { Clock } from "../core/clock.ts";
import type { EntityKind, Link } from "../core/entity.ts";
import type { Labels } from "../core/metric.ts";
import type { Recorder } from "../core/observation.ts";
import type { ParamSpecs, Params, ParamsOf } from "../core/params.ts";
import type { Random } from "../core/random.ts";
import type { Work } from "../core/sliced-work.ts";
import type { AnyFaultKind } from "../faults/types.ts";

/** The declaration of an entity by its origin. */
export interface EntityDeclaration<Options = unknown> {
  readonly name: string;
  /** The name of one of the origin's entity kinds. */
  readonly kind: string;
  readonly labels?: Labels;
  readonly links: readonly Link[];
  /** How often its origin observes it, ms; the base of "missing" and "stale". */
  readonly cadenceMs: number;
  /** How long one observation may take, ms; undefined: no time. */
  readonly timeoutMs?: number | undefined;
  /** The options for its origin. Plain data. */
  readonly options: Options;
}

/** An entity that an open origin observes. */
export interface Watched<Options = unknown> {
  readonly entity: EntityDeclaration<Options>;
  readonly recorder: Recorder;
}

/** The part of the program that an origin (a world or a source) can use. */
export interface OriginContext {
  readonly clock: Clock;
  /** A separate random stream for each name; the same seed gives the same streams. */
  readonly random: (name: string) => Random;
  /** False in headless runs, which use virtual time and cannot observe anything outside the process. */
  readonly live: boolean;
  /**
   * Applies the active faults of an entity at an instant (ms since the epoch) to the effects of its world.
   */
  readonly applyFaults: (entity: string, at: number, effects: unknown) => void;
  /**
   * Sends one unit of work (a message) to an entity of another world. Returns undefined if it was accepted,
   * else a short reason: "broker down".
   */
  readonly send: (entity: string, at: number) => string | undefined;
  /** Adds a discovered entity. Declaring a known one again replaces its declaration. */
  readonly discover: (entity: EntityDeclaration) => Recorder;
  /** Removes a discovered entity. */
  readonly retire: (entity: string) => void;
  /** Reports that observing this entity failed; undefined: recovered. */
  readonly report: (entity: string, problem: string | undefined) => void;
}

/** An origin that is running. */
export interface OpenOrigin {
  /**
   * Applies a changed list of entities without affecting unchanged ones (`isDeepStrictEqual` options). An
   * origin without this method is stopped and reopened when the options of its entities change. One that is meant for
   * thousands of entities returns the work: it is done in slices, between which the origin goes on as before.
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: most origins return nothing
  update?(watched: readonly Watched[]): Work | void;
  /** Receives one unit of work from another world; see OriginContext.send. */
  receive?(entity: string, at: number): string | undefined;
  /**
   * Executes an action on an entity. Returns a short result.
   * @throws RangeError with a one-sentence message if it is not possible
   */
  act?(action: string, entity: string, params: Params, at: number): string;
  /** Ends all timers, connections and requests; late responses are ignored. */
  stop(): void;
}

/** A kind of operator action on an entity other than a fault: scale, publish, replay. */
export interface ActionKind<Specs extends ParamSpecs = ParamSpecs> {
  readonly kind: string;
  /** The key that selects it in the fault menu; unique among the faults and actions of an entity kind. */
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
  /** An example entry of `worlds:`, as an object. */
  readonly example: Readonly<Record<string, unknown>>;
  readonly entityKinds: readonly EntityKind[];
  readonly faultKinds: readonly AnyFaultKind[];
  readonly actionKinds: readonly AnyActionKind[];
  /** The initial entities of a world with these options; names are unique within it. */
  entities(options: Options, name: string): readonly EntityDeclaration[];
  /**
   * Problems that the option schema cannot express, such as a consumer of an unknown queue: path and message.
   */
  problems?(options: Options): readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
  /** Advice on valid options that rarely do what is wanted: path and message. */
  advice?(options: Options): readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
  open(watched: readonly Watched[], context: OriginContext): OpenOrigin;
}
