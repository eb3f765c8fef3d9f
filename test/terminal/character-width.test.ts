import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { graphemesOf, simpleWidth, widthOf } from "../../src/terminal/character-width.ts";
import { graphemeWidth } from "../../src/terminal/grapheme-width.ts";

/** Above this, all characters of a plane behave the same. */
const LAST_DIVERSE = 0x1ffff;
const ALIKE = [
  0x20000, 0x2a6df, 0x2fffe, 0x30000, 0x3fffd, 0x40000, 0xe0001, 0xe0020, 0xe01ef, 0xf0000, 0x10ffff,
];

/** Examples of all characters that join, widen or hide their neighbours or have a disputed width. */
const building = [
  ..."a1#*é日가ﾞｶ👍👶❤☺⌚✊🏴",
  ...["\u200d", "\ufe0e", "\ufe0f", "\u20e3", "\u0301", "\u0489", "🏽", "\u{1f1e9}", "\u{1f1ea}"],
  ...["\u0600", "\u06dd", "\u{110bd}", "\u0915", "\u094d", "\u0937", "\u093e", "\u0e33", "\u0e01"],
  ...["\u1100", "\u1161", "\u11a8", "\u115f", "\u1160", "\u3164", "\u00ad", "\u202e", "\ud800"],
  ...["\u{e0067}", "\u{e007f}", "\t", "\u2028", "\x07"],
];
const anyText = fc.string({ unit: fc.constantFrom(...building), maxLength: 12 });

describe("widths", () => {
  it("agree with string-width on every character", () => {
    const wrong: string[] = [];
    const codePoints = [...Array.from({ length: LAST_DIVERSE + 1 }, (_, index) => index), ...ALIKE];
    for (const codePoint of codePoints) {
      const character = String.fromCodePoint(codePoint);
      if (graphemeWidth(character) !== stringWidth(character)) wrong.push(codePoint.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it("agree with string-width on every plain character between others", () => {
    const wrong: string[] = [];
    for (let unit = 0; unit <= 0xffff; unit++) {
      const character = String.fromCharCode(unit);
      if (simpleWidth(unit) > 0 && simpleWidth(unit) !== stringWidth(`a${character}日`) - 3)
        wrong.push(unit.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it("agree with string-width on graphemes of several characters", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const grapheme of graphemesOf(text)) expect(graphemeWidth(grapheme)).toBe(stringWidth(grapheme));
      }),
      { numRuns: 2_000 },
    );
  });

  it("agree with string-width on whole texts, with escape sequences in them", () => {
    const coloured = fc.array(fc.oneof(anyText, fc.constantFrom("\x1b[1;31m", "\x1b[0m", "plain text")));
    fc.assert(
      fc.property(coloured, (parts) => {
        const text = parts.join("");
        expect(widthOf(text)).toBe(stringWidth(text));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ["", 0],
    ["payment-service", 15],
    ["日本語", 6],
    ["e\u0301", 1],
    ["👨‍👩‍👧", 2],
    ["🇩🇪", 2],
    ["1\ufe0f\u20e3", 2],
    ["⌚\ufe0e", 1],
    ["\u0600123", 4],
  ])("counts %j as %i columns", (text, columns) => {
    expect(widthOf(text)).toBe(columns);
  });
});
