import { z } from "zod";
import { durationText } from "../core/duration.ts";
import { lazy } from "../core/lazy.ts";
import { duration } from "../core/quantity.ts";

/** The subset of JSON Schema that describes configs. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

const durationBranches = lazy(() => branchesOf(z.toJSONSchema(duration(0, 1), { io: "input" })));

/** Recognizes durations by their shape, independent of limits, description and default. */
export function isDuration(schema: JsonSchema): boolean {
  return branchesOf(schema) === durationBranches();
}

function branchesOf({ anyOf }: JsonSchema): string | undefined {
  return anyOf
    ?.map((branch) => (typeof branch === "object" ? `${branch.type} ${branch.pattern}` : ""))
    .join();
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
