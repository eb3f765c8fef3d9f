import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { widthOf } from "../../../src/terminal/character-width.ts";
import { cut, fitLine, fitText, lineWidth, span, wrap } from "../../../src/ui/text/line.ts";

const anyText = fc.string({
  unit: fc.constantFrom(..."abc ÄÖé日本語한글👍🏽–…", "e\u0301", "👨‍👩‍👧"),
  maxLength: 30,
});

describe("text in columns", () => {
  it("measures as string-width does", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(widthOf(text)).toBe(stringWidth(text));
      }),
    );
  });

  it("fits any text into exactly the given width", () => {
    fc.assert(
      fc.property(
        anyText,
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom("left", "right"),
        (text, width, align) => {
          expect(widthOf(fitText(text, width, "…", align as "left" | "right"))).toBe(width);
        },
      ),
    );
  });

  it("cuts between characters, never through a wide one", () => {
    expect(cut("日本語", 5)).toBe("日本");
    expect(fitText("payment-service", 8, "…")).toBe("payment…");
    expect(fitText("12", 5, "…", "right")).toBe("   12");
  });

  it("fits a line of several spans into exactly the width, keeping roles", () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 5 }), fc.integer({ min: 0, max: 40 }), (texts, width) => {
        expect(
          lineWidth(
            fitLine(
              texts.map((text) => span(text, "critical")),
              width,
              "…",
            ),
          ),
        ).toBe(width);
      }),
    );
  });

  it("wraps between words", () => {
    expect(wrap("no service matches the filter", 12)).toEqual(["no service", "matches the", "filter"]);
  });
});

it("cuts any text as the segmenter would, grapheme by grapheme", () => {
  const segmenter = new Intl.Segmenter();
  const piece = fc.oneof(
    fc.constantFrom("a", " ", "é", "e\u0301", "日", "👩‍👩‍👧", "🇩🇪", "\u200d", "\ufe0f", "각", "ก็", "█", "…"),
    fc.string({ unit: "grapheme", maxLength: 2 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(14), (pieces, width) => {
      const text = pieces.join("");
      let kept = "";
      let used = 0;
      for (const { segment } of segmenter.segment(text)) {
        used += widthOf(segment);
        if (used > width) break;
        kept += segment;
      }
      expect(cut(text, width)).toBe(widthOf(text) <= width ? text : kept);
    }),
    { numRuns: 2000 },
  );
});
