import { isDuration, type JsonSchema } from "../../config/json-schema.ts";
import { MAX_NUMBER } from "../../core/quantity.ts";

/** The type of an option as short text: "duration", "number 0..1", "normal | longtail", "list of text". */
export function typeText(schema: JsonSchema): string {
  if (isDuration(schema)) return "duration";
  // Shared schemas are those of maps.
  if (schema.$ref !== undefined && schema.type === undefined) return "map";
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(String).join(" | ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) {
    return [...new Set(choices.filter(isSchema).map(typeText))].join(" or ");
  }
  if (Array.isArray(schema.type))
    return schema.type.map((type) => typeText({ ...schema, type })).join(" or ");
  switch (schema.type) {
    case "number":
      return `number${range(schema)}`;
    case "integer":
      return `whole number${range(schema)}`;
    case "string":
      return "text";
    case "boolean":
      return "true or false";
    case "array":
      return `list of ${isSchema(schema.items) ? typeText(schema.items).replace(/^map\b/, "maps") : "anything"}`;
    case "object":
      return isSchema(schema.additionalProperties)
        ? `map of ${typeText(schema.additionalProperties)}`
        : "map";
    default:
      return "anything";
  }
}

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string {
  const low = within(minimum);
  const high = within(maximum);
  const above = within(exclusiveMinimum);
  const below = within(exclusiveMaximum);
  if (low !== undefined && high !== undefined) return ` ${low}..${high}`;
  if (low !== undefined) return ` from ${low}`;
  if (above !== undefined) return ` above ${above}`;
  if (high !== undefined) return ` up to ${high}`;
  return below === undefined ? "" : ` below ${below}`;
}

/** A bound that says something: not the one of every number, nor that of the number type of JSON Schema. */
function within(bound: unknown): number | undefined {
  return typeof bound !== "number" || Math.abs(bound) >= MAX_NUMBER ? undefined : bound;
}

/** JSON Schema allows true and false in place of a schema. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
