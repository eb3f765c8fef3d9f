import { writeFileSync } from "node:fs";
import { configJsonSchema } from "../src/config/config.ts";

/** Writes config/schema.json, which editors check and complete configs by. Run it when a kind's options change. */
const file = new URL("../config/schema.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
