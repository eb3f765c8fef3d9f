import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { variableTable, withVariableTable } from "../../scripts/variable-table.ts";
import { parseConfig } from "../../src/config/config.ts";
import { loadRegexEngine } from "../../src/core/regex.ts";

const page = readFileSync(new URL("../../docs/NOTIFY.md", import.meta.url), "utf8");

beforeAll(loadRegexEngine);

it("has all variables of templates; run npm run readme", () => {
  expect(page).toContain(variableTable());
  expect(withVariableTable(page)).toBe(page);
});

it("shows a config that is valid and gets no advice", () => {
  const [, config = ""] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  const result = parseConfig(config);
  expect(result).toMatchObject({ ok: true });
  expect(result).not.toHaveProperty("warnings");
});
