/** Brings what the README says of the keys up to date. */
import { readFileSync, writeFileSync } from "node:fs";
import { withKeyTable } from "./key-table.ts";

const path = new URL("../README.md", import.meta.url);
writeFileSync(path, withKeyTable(readFileSync(path, "utf8")));
