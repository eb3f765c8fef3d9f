import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entityLabels, entityName } from "../../src/core/names.ts";
import { printable, UNPRINTABLE } from "../../src/core/printable.ts";

const problemOf = (name: string) => entityName().safeParse(name).error?.issues[0]?.message;

/** Code points by Unicode property, tried at random. */
const codePoint = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));
const ignorable = codePoint.filter((text) =>
  /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text),
);

describe("a name", () => {
  it.each([
    "👩‍💻",
    "👩🏽‍💻 on call",
    "👨‍👩‍👧‍👦",
    "🏳️‍🌈",
    "🤷🏼‍♀️",
    "❤️",
    "1️⃣ first",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "🇨🇭",
    "支払サービス",
    "e\u0301te",
    "zażółć gęślą",
  ])("can be %s", (name) => {
    expect(problemOf(name)).toBeUndefined();
    expect(printable(name)).toBe(name);
  });

  it.each([
    ["a Hangul filler", "\u3164"],
    ["a Hangul choseong filler", "\u115f"],
    ["a Hangul jungseong filler", "\u1160"],
    ["a halfwidth Hangul filler", "\uffa0"],
    ["an empty braille pattern", "\u2800"],
    ["a no-break space", "\u00a0"],
    ["an em space", "\u2003"],
    ["an ideographic space", "\u3000"],
    ["a zero width space", "\u200b"],
    ["a soft hyphen", "\u00ad"],
    ["a grapheme joiner", "\u034f"],
    ["a Mongolian separator", "\u180e"],
    ["an override of direction", "\u202e"],
    ["a note without a head", "\u{1d159}"],
    ["a tag", "\u{e0041}"],
    ["a noncharacter", "\uffff"],
    ["a lone surrogate", "\ud83d"],
    ["an escape code", "\u001b[31m"],
    ["a line break", "\n"],
    ["a joiner between letters", "a\u200db"],
    ["a joiner at the end", "👩\u200d"],
    ["a selector on a letter", "a\ufe0f"],
    ["a selector on a digit alone", "1\ufe0f"],
  ])("must not contain %s", (_, text) => {
    expect(problemOf(`x${text}y`)).toBe(UNPRINTABLE);
    expect(entityLabels().safeParse({ team: `x${text}y` }).success).toBe(false);
    expect(entityLabels().safeParse({ [`x${text}y`]: "team" }).success).toBe(false);
    expect(printable(`x${text}y`)).toContain("?");
  });

  it("must not begin with a mark that nothing carries", () => {
    expect(problemOf("\u0301x")).toBe(UNPRINTABLE);
  });

  it("is refused with any other invisible character in it", () => {
    fc.assert(
      fc.property(ignorable, (invisible) => {
        expect(problemOf(`ab${invisible}cd`)).toBe(UNPRINTABLE);
      }),
    );
  });

  it("is judged in linear time, whatever it consists of", () => {
    const emoji = ["👩", "👍🏽", "1\u20e3", "👩\u200d", "🏴\u{e0067}", "❤\ufe0f"];
    for (const each of emoji) {
      expect(entityLabels().safeParse({ team: `${each.repeat(50_000)}\u3164` }).success).toBe(false);
    }
  });
});
