import { ruleKinds } from "../alerts/rules/index.ts";
import { sourceKinds } from "../sources/index.ts";
import { inputJsonSchema } from "./json-schema.ts";
import type { ConfigKinds } from "./kinds.ts";
import { createConfigParser } from "./parse.ts";
import { createConfigSchema } from "./schema.ts";
import type { ConfigResult } from "./types.ts";

/** Every kind that exists. */
const kinds: ConfigKinds = {
  sources: sourceKinds,
  rules: ruleKinds,
  defaultSource: sourceKinds.simulated.kind,
};

/** Reads a config's text. Pure, never throws, and reports everything that is wrong with it. */
export const parseConfig: (text: string) => ConfigResult = createConfigParser(kinds);

/** The JSON Schema of a config file, for editors. */
export function configJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = inputJsonSchema(createConfigSchema(kinds));
  return { $schema, title: "Faultline config", ...schema };
}
