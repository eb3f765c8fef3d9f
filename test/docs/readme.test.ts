import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { keyTable, withKeyTable } from "../../scripts/key-table.ts";
import { parseConfig } from "../../src/config/config.ts";
import { loadEngines } from "../../src/config/engines.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

describe("the README", () => {
  const readme = read("README.md");

  it("lists all keys; run npm run readme", () => {
    expect(readme).toContain(keyTable());
    expect(withKeyTable(readme)).toBe(readme);
  });

  it("contains valid configs", async () => {
    const configs = [...readme.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text!);
    expect(configs.length).toBeGreaterThan(0);
    for (const text of configs) {
      await loadEngines(text);
      expect(parseConfig(text)).toMatchObject({ ok: true });
    }
  });

  it("refers only to existing files", () => {
    for (const [, path] of readme.matchAll(/\]\(([^)#:]+)\)/g)) expect(read(path!).length).toBeGreaterThan(0);
  });
});
