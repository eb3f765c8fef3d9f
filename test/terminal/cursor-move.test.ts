import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moveCursor, UNKNOWN } from "../../src/terminal/cursor-move.ts";
import { createTerminal, feed } from "./xterm.ts";

describe("moving the cursor", () => {
  it.each([
    ["nowhere", [5, 5, 5, 5], ""],
    ["home", [5, 5, 0, 0], "\x1b[H"],
    ["to the beginning of the row", [5, 5, 0, 5], "\r"],
    ["a little to the left", [5, 5, 3, 5], "\b\b"],
    ["far to the left", [120, 5, 13, 5], "\x1b[14G"],
    ["to a tab stop", [3, 5, 24, 5], "\t\t\t"],
    ["a little beyond a tab stop", [40, 5, 50, 5], "\t\x1b[2C"],
    ["to the right", [5, 5, 6, 5], "\x1b[C"],
    ["down in the same column", [50, 20, 50, 21], "\x1b[B"],
    ["to the beginning of the next row", [50, 20, 0, 21], "\r\n"],
    ["up", [50, 20, 50, 17], "\x1b[3A"],
    ["from an unknown column", [UNKNOWN, 5, 7, 5], "\x1b[8G"],
    ["from an unknown column to a tab stop", [UNKNOWN, 5, 16, 5], "\r\t\t"],
    ["from an unknown place", [UNKNOWN, UNKNOWN, 7, 5], "\x1b[6;8H"],
  ] as const)("%s", (_, [fromX, fromY, toX, toY], bytes) => {
    expect(moveCursor(fromX, fromY, toX, toY)).toBe(bytes);
  });

  it("reaches the target, and is never longer than the absolute move", async () => {
    const column = fc.nat(129);
    const row = fc.nat(29);
    const terminal = createTerminal(130, 30);
    await fc.assert(
      fc.asyncProperty(column, row, column, row, fc.boolean(), async (fromX, fromY, toX, toY, isKnown) => {
        const bytes = moveCursor(isKnown ? fromX : UNKNOWN, fromY, toX, toY);
        await feed(terminal, `\x1b[${fromY + 1};${fromX + 1}H${bytes}`);
        const { cursorX, cursorY } = terminal.buffer.active;
        expect([cursorX, cursorY]).toEqual([toX, toY]);
        expect(bytes.length).toBeLessThanOrEqual(`\x1b[${toY + 1};${toX + 1}H`.length);
      }),
    );
  });
});
