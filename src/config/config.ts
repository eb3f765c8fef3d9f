import { catalog } from "../catalog/index.ts";
import { inputJsonSchema } from "./json-schema.ts";
import { createConfigParser } from "./parse.ts";
import { createConfigSchema } from "./schema.ts";
import type { Config, ConfigResult } from "./types.ts";

/** Parses the text of a config. Pure, never throws, reports all problems. */
export const parseConfig: (text: string) => ConfigResult = createConfigParser(catalog);

/** The JSON Schema of a config file, for editors. */
export function configJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = inputJsonSchema(createConfigSchema(catalog));
  return { $schema, title: "Faultline config", ...schema };
}

/** Whether a config has no real source. */
export function isSimulated({ origins }: Config): boolean {
  return origins.every(({ type, kind }) => type === "world" || catalog.sources.get(kind)?.simulated === true);
}
