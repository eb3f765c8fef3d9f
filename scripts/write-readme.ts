/** Updates the README's table of keys, and the table of variables of notifications. */
import { readFileSync, writeFileSync } from "node:fs";
import { withKeyTable } from "./key-table.ts";
import { withVariableTable } from "./variable-table.ts";

const path = new URL("../README.md", import.meta.url);
writeFileSync(path, withKeyTable(readFileSync(path, "utf8")));

const notify = new URL("../docs/NOTIFY.md", import.meta.url);
writeFileSync(notify, withVariableTable(readFileSync(notify, "utf8")));
