import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPasteGuard } from "../../src/terminal/paste-guard.ts";

const START = "\x1b[200~";
const END = "\x1b[201~";

/** What comes through when a text arrives cut at the given places. */
function pass(guard: (chunk: string) => string, text: string, cuts: readonly number[] = []): string {
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  return places
    .slice(1)
    .map((place, index) => guard(text.slice(places[index], place)))
    .join("");
}

describe("the paste guard", () => {
  it("passes keys and short pastes on unchanged, wherever chunks are cut", () => {
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

  it("hands every key on at once, even one that may begin a mark", () => {
    const guard = createPasteGuard();
    expect(["\x1b", "[", "2", "0"].map(guard)).toEqual(["\x1b", "[", "2", "0"]);
  });

  it("cuts a long paste and lets the keys after it through, wherever chunks are cut", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500)), (cuts) => {
        const text = `a${START}${"0123456789".repeat(3)}${END}b${START}next${END}c`;
        expect(pass(createPasteGuard(12), text, cuts)).toBe(
          `a${START}012345678901${END}b${START}next${END}c`,
        );
      }),
    );
  });

  it("takes Ctrl-C as the end of a paste whose end got lost", () => {
    const guard = createPasteGuard();
    expect(guard(`${START}no end`)).toBe(`${START}no end`);
    expect(guard("jjj")).toBe("jjj");
    expect(guard("\x03")).toBe(`${END}\x03`);
    expect(guard("q")).toBe("q");
  });
});
