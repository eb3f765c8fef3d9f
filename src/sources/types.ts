import type { z } from "zod";
import type { EntityKind, Link } from "../core/entity.ts";
import type { AnyFaultKind } from "../faults/types.ts";
import type { AnyActionKind, OpenOrigin, OriginContext, Watched } from "../worlds/types.ts";

/** A kind of source. One instance of it observes all entities of its kind that a config lists. */
export interface SourceKind<Options = unknown> {
  readonly kind: string;
  readonly description: string;
  /** The options of one entity with their defaults, in config spelling (snake_case), strict. */
  readonly schema: z.ZodObject & z.ZodType<Options>;
  /** A service section of a config that uses it, as an object. */
  readonly example: Readonly<Record<string, unknown>>;
  readonly entityKind: EntityKind;
  readonly faultKinds: readonly AnyFaultKind[];
  readonly actionKinds: readonly AnyActionKind[];
  /** Can faults be injected into its entities? If not, a sentence that says why. */
  readonly breakable: true | string;
  /** True for what is simulated in this process: it also runs on a virtual clock. */
  readonly simulated: boolean;
  /** How often it means to observe an entity, ms. */
  cadenceMs(options: Options): number;
  links(options: Options): readonly Link[];
  open(watched: readonly Watched[], context: OriginContext): OpenOrigin;
}
