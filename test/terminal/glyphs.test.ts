import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { isPredictable } from "../../src/terminal/character-width.ts";
import { glyphsFor } from "../../src/terminal/glyphs.ts";

function flatten(table: object): string[] {
  return Object.values(table).flatMap((value) => (typeof value === "string" ? [value] : flatten(value)));
}

const unicode = flatten(glyphsFor(true));
const ascii = flatten(glyphsFor(false));

describe("glyphs", () => {
  it.each([...new Set(unicode)])("%s takes one column, on which terminals agree", (glyph) => {
    expect(stringWidth(glyph)).toBe(1);
    expect(isPredictable(glyph)).toBe(true);
  });

  it("have replacements of one ASCII character each", () => {
    expect(ascii).toHaveLength(unicode.length);
    for (const glyph of ascii) expect(glyph).toMatch(/^[ -~]$/);
  });

  it.each([true, false])("distinguish the five healths without colour (Unicode: %s)", (isUnicode) => {
    expect(new Set(Object.values(glyphsFor(isUnicode).health)).size).toBe(5);
  });

  it.each([true, false])("have nine distinct steps (Unicode: %s)", (isUnicode) => {
    const { sparkline } = glyphsFor(isUnicode);
    expect(sparkline).toHaveLength(9);
    expect(new Set(sparkline).size).toBe(9);
    expect(sparkline[0]).toBe(" ");
  });
});
