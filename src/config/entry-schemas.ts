import { z } from "zod";
import type { Catalog } from "../catalog/catalog.ts";
import type { EntityKind } from "../core/entity.ts";
import { entityName } from "../core/names.ts";
import type { SourceKind } from "../sources/types.ts";
import type { WorldKind } from "../worlds/types.ts";
import { entryFields } from "./entry-fields.ts";
import { type LimitsEntry, limitsSchema } from "./limits.ts";
import { thresholdsSchema } from "./thresholds.ts";

/** An entry of `services`: the common keys and those of its source in one map. */
export interface ServiceEntry {
  readonly name: string;
  readonly source: string;
  readonly labels: Readonly<Record<string, string>>;
  /** ms */
  readonly window?: number | undefined;
  readonly thresholds?: z.output<ReturnType<typeof thresholdsSchema>> | undefined;
  readonly limits?: LimitsEntry | undefined;
  readonly [option: string]: unknown;
}

/** An entry of `worlds`. */
export interface WorldEntry {
  readonly world: string;
  readonly name?: string | undefined;
  readonly options: unknown;
  readonly labels: Readonly<Record<string, string>>;
  /** ms */
  readonly window?: number | undefined;
  readonly limits?: Readonly<Record<string, LimitsEntry | undefined>> | undefined;
}

/** The schema of the limits of one entity kind; created once per kind. */
export type LimitsOf = (kind: EntityKind) => z.ZodType<LimitsEntry>;

/** See `LimitsOf`. */
export function createLimitsSchemas(): LimitsOf {
  const schemas = new Map<string, z.ZodType<LimitsEntry>>();
  return (kind) => {
    const schema = schemas.get(kind.kind) ?? limitsSchema(kind);
    schemas.set(kind.kind, schema);
    return schema;
  };
}

/** Limits by entity kind, then by measure. */
export function limitsByKind(kinds: Iterable<EntityKind>, limitsOf: LimitsOf) {
  return z.strictObject(
    Object.fromEntries(
      [...kinds].map((kind) => [kind.kind, limitsOf(kind).optional().describe(`limits of ${kind.title}`)]),
    ),
  );
}

/** A service of any source kind; `source` determines the other keys. */
export function createServiceSchema(catalog: Catalog, limitsOf: LimitsOf): z.ZodType<ServiceEntry> {
  const entries = [...catalog.sources.values()].map((source) => serviceEntry(source, catalog, limitsOf));
  return unionOf("source", entries, "must be a map with at least a name");
}

function serviceEntry(source: SourceKind, { defaultSource }: Catalog, limitsOf: LimitsOf) {
  const kind = z.literal(source.kind);
  const shape = {
    name: entityName().describe("unique name, up to 40 characters"),
    ...entryFields(),
    thresholds: thresholdsSchema().optional().describe("old spelling of limits; overrides the top level"),
    limits: limitsOf(source.entityKind).optional().describe("limits by measure; overrides the top level"),
    source: (source.kind === defaultSource ? kind.default(source.kind) : kind).describe(source.description),
  };
  return extended(`Source ${source.kind}`, source.schema, shape);
}

/** A world of any kind; `world` determines its options. */
export function createWorldSchema(catalog: Catalog, limitsOf: LimitsOf): z.ZodType<WorldEntry> {
  const entries = [...catalog.worlds.values()].map((world) => worldEntry(world, limitsOf));
  return unionOf("world", entries, "must be a map with at least the key world");
}

function worldEntry({ kind, description, schema, entityKinds }: WorldKind, limitsOf: LimitsOf) {
  return z.strictObject({
    world: z.literal(kind).describe(description),
    name: entityName().optional().describe("unique name, up to 40 characters; default: the world kind"),
    // Optional if all options have defaults; otherwise zod reports the missing ones.
    options: schema.prefault({}).describe("options of this world kind"),
    ...entryFields(),
    limits: limitsByKind(entityKinds, limitsOf)
      .optional()
      .describe("limits by entity kind and measure; overrides the top level"),
  });
}

/** The schema of a kind with the common keys of its entries. */
export function extended(owner: string, schema: z.ZodObject, shape: z.ZodRawShape): z.ZodObject {
  const taken = Object.keys(shape).find((key) => key in schema.shape);
  if (taken !== undefined) throw new Error(`${owner} must not have an option called ${taken}.`);
  return schema.safeExtend(shape);
}

/** Entries of several kinds. The kinds are known only at run time, so their own keys are untyped here. */
export function unionOf<Entry>(
  key: string,
  entries: readonly z.ZodObject[],
  problem: string,
): z.ZodType<Entry> {
  const [first, ...others] = entries;
  if (first === undefined) return z.never(problem) as unknown as z.ZodType<Entry>;
  // biome-ignore lint/suspicious/noExplicitAny: zod needs the discriminators at compile time
  return z.discriminatedUnion(key, [first, ...others] as any, problem) as unknown as z.ZodType<Entry>;
}
