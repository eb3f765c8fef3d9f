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
  const root = inputJsonSchema(schema);
  return fieldsOf(root, "", root.$defs ?? {});
}

function fieldsOf(schema: JsonSchema, prefix: string, shared: Shared): OptionEntry[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([key, referring]) => {
    if (!isSchema(referring)) return [];
    const field = { ...resolved(referring, shared), ...referring };
    const name = `${prefix}${key}`;
    const entry: OptionEntry = {
      name,
      type: typeText(field),
      required: required.has(key),
      ...(field.default === undefined ? {} : { default: field.default }),
      description: field.description ?? "",
    };
    const inside = isSchema(field.items)
      ? fieldsOf(field.items, `${name}[].`, shared)
      : fieldsOf(field, `${name}.`, shared);
    return [entry, ...inside];
  });
}

/** Schemas that others refer to. */
type Shared = Readonly<Record<string, JsonSchema | boolean>>;

/** What a reference stands for; the elements of lists are not followed, because conditions contain conditions. */
function resolved({ $ref }: JsonSchema, shared: Shared): JsonSchema {
  const target = $ref === undefined ? undefined : shared[$ref.replace("#/$defs/", "")];
  return isSchema(target) ? target : {};
}
