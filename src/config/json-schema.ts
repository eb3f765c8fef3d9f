import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { lazy } from "../core/lazy.ts";
import { duration } from "../core/quantity.ts";

/** The subset of JSON Schema that describes configs. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

const durationUnion = lazy(() => z.toJSONSchema(duration(0), { io: "input" }).anyOf);

/** Recognizes durations by their shape, independent of description and default. */
export function isDuration(schema: JsonSchema): boolean {
  return isDeepStrictEqual(schema.anyOf, durationUnion());
}

/**
 * The JSON Schema of the input. Zod omits the defaults of transformed values, such as durations; they are
 * added here in config spelling.
 */
export function inputJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    io: "input",
    override({ zodSchema, jsonSchema }) {
      const value = zodSchema instanceof z.ZodDefault ? zodSchema.def.defaultValue : jsonSchema.default;
      if (typeof value === "number" && isDuration(jsonSchema)) jsonSchema.default = durationText(value);
    },
  });
}

const UNITS = [
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
] as const;

/** ms -> "2m", "1.5s", "250ms": in the largest suitable unit. */
export function durationText(ms: number): string {
  for (const [unit, size] of UNITS) {
    if (ms >= size && (ms * 10) % size === 0) return `${ms / size}${unit}`;
  }
  return `${ms}ms`;
}
