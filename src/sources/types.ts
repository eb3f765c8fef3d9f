import type { z } from "zod";
import type { EntityKind, Link } from "../core/entity.ts";
import type { AnyFaultKind } from "../faults/types.ts";
import type { AnyActionKind, OpenOrigin, OriginContext, Watched } from "../worlds/types.ts";

/** A kind of source. One instance observes all entities of a config with this source. */
export interface SourceKind<Options = unknown> {
  readonly kind: string;
  readonly description: string;
  /** The options of one entity with their defaults, in config spelling (snake_case), strict. */
  readonly schema: z.ZodObject & z.ZodType<Options>;
  /** An example entry of `services:`, as an object. */
  readonly example: Readonly<Record<string, unknown>>;
  readonly entityKind: EntityKind;
  readonly faultKinds: readonly AnyFaultKind[];
  readonly actionKinds: readonly AnyActionKind[];
  /** True if faults can be injected into its entities, else a sentence that says why not. */
  readonly breakable: true | string;
  /** True if simulated in this process: it also runs on a virtual clock. */
  readonly simulated: boolean;
  /** The observation interval of an entity, ms. */
  cadenceMs(options: Options): number;
  /** How long one observation may take, ms. Absent: no time. */
  timeoutMs?(options: Options): number;
  /** Advice on valid options that rarely do what is wanted: the name of an option and a sentence. */
  advice?(options: Options): readonly { readonly option: string; readonly message: string }[];
  links(options: Options): readonly Link[];
  /**
   * Problems between its entities that the option schema cannot express: the index of an entity, a path inside
   * its options, and a message that follows the path.
   */
  problems?(entities: readonly { readonly name: string; readonly options: Options }[]): readonly {
    readonly index: number;
    readonly path: readonly PropertyKey[];
    readonly message: string;
  }[];
  open(watched: readonly Watched[], context: OriginContext): OpenOrigin;
}
