import { catalog } from "../catalog/index.ts";
import { inputJsonSchema } from "./json-schema.ts";
import { createConfigParser } from "./parse.ts";
import { createConfigSchema } from "./schema.ts";
import type { ConfigResult } from "./types.ts";

/** Parses the text of a config. Pure, never throws, reports all problems. */
export const parseConfig: (text: string) => ConfigResult = createConfigParser(catalog);

/** The JSON Schema of a config file, for editors. */
export function configJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = inputJsonSchema(createConfigSchema(catalog));
  return { $schema, title: "Faultline config", ...schema };
}
