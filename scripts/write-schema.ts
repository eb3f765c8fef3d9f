import { writeFileSync } from "node:fs";
import { configJsonSchema } from "../src/config/config.ts";

/**
 * Writes config/schema.json, which editors use to validate and complete configs. Run it after option changes.
 */
const file = new URL("../config/schema.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
