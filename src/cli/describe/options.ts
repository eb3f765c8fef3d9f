import type { z } from "zod";
import { inputJsonSchema, type JsonSchema } from "../../config/json-schema.ts";
import { isSchema, typeText } from "./type-text.ts";

/** One option of a kind, as `describe` shows it. */
export interface OptionEntry {
  /** The full path: `spikes.every`, `calls[].service`. */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** In config spelling; undefined without a default. */
  readonly default?: unknown;
  readonly description: string;
}

/** The options of a schema, nested ones after the one that contains them. */
export function optionsOf(schema: z.ZodType): OptionEntry[] {
  return fieldsOf(inputJsonSchema(schema), "");
}

function fieldsOf(schema: JsonSchema, prefix: string): OptionEntry[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    if (!isSchema(field)) return [];
    const name = `${prefix}${key}`;
    const entry: OptionEntry = {
      name,
      type: typeText(field),
      required: required.has(key),
      ...(field.default === undefined ? {} : { default: field.default }),
      description: field.description ?? "",
    };
    const inside = isSchema(field.items) ? fieldsOf(field.items, `${name}[].`) : fieldsOf(field, `${name}.`);
    return [entry, ...inside];
  });
}
