import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPasteGuard } from "../../src/terminal/paste-guard.ts";

const START = "\x1b[200~";
const END = "\x1b[201~";

/** The output for a text that arrives in chunks. */
function pass(guard: (chunk: string) => string, text: string, cuts: readonly number[] = []): string {
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  return places
    .slice(1)
    .map((place, index) => guard(text.slice(places[index], place)))
    .join("");
}

describe("the paste guard", () => {
  it("passes on keys and short pastes unchanged, in any chunks", () => {
    const piece = fc.constantFrom(
      "j",
      "\x1b",
      "\x1b[A",
      "\x1b[20~",
      `${START}text\n${END}`,
      `${START}${END}`,
      "é",
    );
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat(500)), (pieces, cuts) => {
        const text = pieces.join("");
        expect(pass(createPasteGuard(), text, cuts)).toBe(text);
      }),
    );
  });

  it("passes on every key immediately, even one that can start a mark", () => {
    const guard = createPasteGuard();
    expect(["\x1b", "[", "2", "0"].map(guard)).toEqual(["\x1b", "[", "2", "0"]);
  });

  it("cuts a long paste and passes on the keys after it, in any chunks", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500)), (cuts) => {
        const text = `a${START}${"0123456789".repeat(3)}${END}b${START}next${END}c`;
        expect(pass(createPasteGuard(12), text, cuts)).toBe(
          `a${START}012345678901${END}b${START}next${END}c`,
        );
      }),
    );
  });

  it("ends a paste without an end mark on Ctrl-C", () => {
    const guard = createPasteGuard();
    expect(guard(`${START}no end`)).toBe(`${START}no end`);
    expect(guard("jjj")).toBe("jjj");
    expect(guard("\x03")).toBe(`${END}\x03`);
    expect(guard("q")).toBe("q");
  });
});
