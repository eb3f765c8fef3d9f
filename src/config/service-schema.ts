import { z } from "zod";
import { PRINTABLE, UNPRINTABLE } from "../core/printable.ts";
import { thresholdsSchema } from "../health/thresholds.ts";
import type { ConfigKinds, ConfigurableSource } from "./kinds.ts";
import { windowSchema } from "./time-schemas.ts";

const text = z.string({ error: "must be text; put quotes around it" });

const nameSchema = text
  .min(1, "must be a name of 1 to 40 characters")
  .max(40, "must be a name of 1 to 40 characters")
  .regex(PRINTABLE, UNPRINTABLE)
  .refine((name) => name === name.trim(), "must not begin or end with a space")
  // The store answers for all services together under this name.
  .refine((name) => name !== "*", 'must not be "*", which stands for the whole fleet');

/** Thresholds without defaults: what a service leaves out it takes from the top level. */
const thresholdOverrides = z.strictObject(
  Object.fromEntries(
    Object.entries(thresholdsSchema.shape).map(([key, field]) => [
      key,
      z.optional(field instanceof z.ZodDefault ? described(field) : field),
    ]),
  ),
);

function described(field: z.ZodDefault): z.core.SomeType {
  const inner = field.unwrap() as z.ZodType;
  return field.description === undefined ? inner : inner.describe(field.description);
}

/** The keys every service has, whatever its source. */
const commonShape = {
  name: nameSchema.describe("unique name, up to 40 characters"),
  labels: z
    .record(z.string(), text.regex(PRINTABLE, UNPRINTABLE))
    .prefault({})
    .describe("free words about it: endpoint, region, team"),
  window: windowSchema
    .optional()
    .describe(
      "window its numbers, health and alerts speak of; default: the top-level window, or longer for a rare look",
    ),
  thresholds: thresholdOverrides.prefault({}).describe("what differs from the top-level thresholds"),
};

/** The keys of a service that are not its source's own. */
export const COMMON_SERVICE_KEYS: readonly string[] = [...Object.keys(commonShape), "source"];

/** One service as written: the common keys and those of its source, flat in one map. */
export interface ServiceEntry {
  readonly name: string;
  readonly source: string;
  readonly labels: Readonly<Record<string, string>>;
  /** ms */
  readonly window?: number | undefined;
  readonly thresholds: Readonly<Record<string, number | undefined>>;
  readonly [option: string]: unknown;
}

/** A service of any kind in the registry; its `source` decides which other keys it may have. */
export function createServiceSchema(kinds: ConfigKinds): z.ZodType<ServiceEntry> {
  const [first, ...others] = Object.values(kinds.sources).map((source) =>
    entrySchema(source, source.kind === kinds.defaultSource),
  );
  if (first === undefined) throw new Error("There is no kind of source to build a config schema from.");
  const union = z.discriminatedUnion("source", [first, ...others], "must be a map with at least a name");
  // The kinds are known at run time only, so their own keys have no types here.
  return union as unknown as z.ZodType<ServiceEntry>;
}

function entrySchema(source: ConfigurableSource, isDefault: boolean) {
  const taken = COMMON_SERVICE_KEYS.find((key) => key in source.schema.shape);
  if (taken !== undefined) throw new Error(`Source ${source.kind} may not have an option called ${taken}.`);
  const kind = z.literal(source.kind);
  const tag = (isDefault ? kind.default(source.kind) : kind).describe(source.description);
  return source.schema.safeExtend({ ...commonShape, source: tag });
}
