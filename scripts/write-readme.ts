/** Updates the README's table of keys. */
import { readFileSync, writeFileSync } from "node:fs";
import { withKeyTable } from "./key-table.ts";

const path = new URL("../README.md", import.meta.url);
writeFileSync(path, withKeyTable(readFileSync(path, "utf8")));
