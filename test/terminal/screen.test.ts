import { describe, expect, it } from "vitest";
import { LIVE } from "../../src/terminal/cells.ts";
import { Screen, type Span } from "../../src/terminal/screen.ts";
import { createTerminal, feed, linesOf } from "./xterm.ts";

/** The content of a synchronized update. */
function inside(update: string): string {
  const [, bytes] = /^\x1b\[\?2026h(.*)\x1b\[\?2026l$/s.exec(update) ?? [];
  if (bytes === undefined) throw new Error(`not a synchronized update: ${JSON.stringify(update)}`);
  return bytes;
}

/** The bytes of the update from one frame to the next. */
function update(before: string, after: string, columns = 40, rows = 5): string {
  const screen = new Screen(columns, rows, "truecolor");
  screen.frame(before);
  screen.diff();
  screen.frame(after);
  const bytes = screen.diff();
  return bytes === "" ? "" : inside(bytes);
}

async function shown(screen: Screen): Promise<string[]> {
  const terminal = createTerminal(screen.columns, screen.rows);
  await feed(terminal, screen.diff());
  return linesOf(terminal);
}

describe("a full repaint", () => {
  it("clears, then writes what is not blank", () => {
    const screen = new Screen(10, 3, "truecolor");
    screen.frame("one\n\n  two");
    expect(inside(screen.diff())).toBe("\x1b[m\x1b[H\x1b[2Jone\x1b[2B\btwo");
  });

  it("is repeated after a reset", () => {
    const screen = new Screen(10, 3, "truecolor");
    screen.frame("one");
    const first = screen.diff();
    expect(screen.diff()).toBe("");
    screen.reset();
    expect(screen.diff()).toBe(first);
  });
});

describe("a minimal update", () => {
  it("is empty when nothing changed", () => {
    expect(update("\x1b[1;31ma\x1b[0m b", "\x1b[31;1ma\x1b[22;39m b")).toBe("");
  });

  it("is empty when only the colour of blanks changed", () => {
    expect(update("a \x1b[31m \x1b[0mb", "a \x1b[1;32m \x1b[0mb")).toBe("");
  });

  it("rewrites unchanged characters if that is shorter than a move", () => {
    expect(update("abcdef", "AbcDef")).toBe("\rAbcD");
    expect(update("abcdefgh", "AbcdefgH")).toBe("\rA\x1b[6CH");
  });

  it("erases what is blank up to the end of the line", () => {
    expect(update("abcdefgh", "ab")).toBe("\x1b[6D\x1b[K");
    expect(update("abcd", "ab")).toBe("\b\b  ");
  });

  it("does not erase with a background colour", () => {
    expect(update("\x1b[44mabcdefgh\x1b[0mx", "\x1b[44mabcdefgh\x1b[0m")).toBe("\b ");
    expect(update("xxxxxxx\x1b[44mab", "")).toBe("\r\x1b[m\x1b[K");
  });

  it("takes the shorter of changing a style and setting it from a reset", () => {
    expect(update("xy", "\x1b[1;31ma\x1b[32mb")).toBe("\r\x1b[1;31ma\x1b[32mb");
    expect(update("xy", "\x1b[1;31ma\x1b[0;4mb")).toBe("\r\x1b[1;31ma\x1b[;4mb");
    expect(update("xy", "\x1b[1;31ma\x1b[0mb")).toBe("\r\x1b[1;31ma\x1b[mb");
    expect(update("xy", "\x1b[1;2;3ma\x1b[22;2mb")).toBe("\r\x1b[1;2;3ma\x1b[22;2mb");
  });

  it("moves relative to the cursor only if the column is known", () => {
    expect(update("abc\nabc", "abX\nYbc", 3)).toBe("\x1b[;3HX\r\nY");
    expect(update("abc\nabc\nabc", "abX\nabc\nabY", 3)).toBe("\x1b[;3HX\x1b[3;3HY");
  });

  it("writes a wide character as a whole and never half of one", async () => {
    expect(update("日本", "日x本")).toBe("\b\bx本");
    const screen = new Screen(5, 1, "none");
    screen.frame("日本語");
    expect(await shown(screen)).toEqual(["日本"]);
  });

  it("sets the cursor position after a character of disputed width", () => {
    expect(update("....", "😀x.")).toBe("\r  \r😀\x1b[3Gx");
    expect(update(".........", "👨‍👩‍👧.......")).toBe("\r  \r👨‍👩‍👧\x1b[3G....");
  });
});

describe("painting a region", () => {
  const word = (text: string, sgr = ""): Span => ({ text, sgr });

  it("replaces the content, to its full width", async () => {
    const screen = new Screen(12, 2, "none");
    screen.frame("............\n............");
    screen.paint(2, 1, 6, [word("ab", "1"), word("cd")]);
    expect(await shown(screen)).toEqual(["............", "..abcd  ...."]);
  });

  it("is cut at its own edge and the screen's", async () => {
    const screen = new Screen(6, 1, "none");
    screen.paint(0, 0, 2, [word("abc")]);
    screen.paint(4, 0, 9, [word("xyz")]);
    screen.paint(9, 0, 3, [word("out")]);
    screen.paint(0, 4, 3, [word("out")]);
    expect(await shown(screen)).toEqual(["ab  xy"]);
  });

  it("leaves no half of a wide character at its edges", async () => {
    const screen = new Screen(8, 1, "none");
    screen.frame("日本語文");
    screen.paint(1, 0, 4, [word("abcd")]);
    expect(await shown(screen)).toEqual([" abcd 文"]);
  });

  it("changes only live cells with liveOnly", async () => {
    const screen = new Screen(10, 1, "none");
    screen.frame(`a${LIVE.repeat(3)}BOX${LIVE.repeat(2)}z`);
    screen.paint(0, 0, 10, [word("0123456789")], true);
    expect(await shown(screen)).toEqual(["a123BOX78z"]);
  });

  it("shows live cells blank until they are painted", async () => {
    const screen = new Screen(5, 1, "none");
    screen.frame(`a${LIVE}${LIVE}b`);
    expect(await shown(screen)).toEqual(["a  b"]);
  });
});

describe("control characters and escape codes", () => {
  it.each([
    ["cursor moves", "a\x1b[5Cb\x1b[2J\x1b[Hc", "abc"],
    ["titles and links", "\x1b]0;title\x07a\x1b]8;;http://x\x1b\\b", "ab"],
    ["an unfinished sequence", "ab\x1b[38;5", "ab"],
    ["control characters", "a\x00\x08\x7f\x9bb", "ab"],
    ["signs that reverse the order", "a\u202eb\u2066c", "abc"],
    ["tabs", "a\tb", "a       b"],
    ["a mark behind a change of style", "e\x1b[31m\u0301日\x1b[32m\u0301", "e\u0301日\u0301"],
    ["a mark without anything before it", "\u0301a", "a"],
  ])("%s", async (_, text, expected) => {
    const screen = new Screen(20, 1, "none");
    screen.frame(text);
    expect(await shown(screen)).toEqual([expected]);
  });

  it("is correct with more graphemes and colours than the tables hold", async () => {
    const screen = new Screen(8, 1, "truecolor");
    const terminal = createTerminal(8, 1);
    const mark = (digit: number) => String.fromCharCode(0x300 + (digit % 30));
    let repaints = 0;
    for (let step = 1; step <= 20_000; step++) {
      const marks = mark(step) + mark(step / 30) + mark(step / 900);
      screen.frame(`\x1b[38;2;${step % 256};${step >> 8};0ma${marks}b`);
      const bytes = screen.diff();
      if (bytes.includes("\x1b[2J")) repaints += 1;
      if (step % 1000 === 0) await feed(terminal, bytes);
      else terminal.write(bytes);
    }
    expect(repaints).toBe(2);
    expect(linesOf(terminal)[0]).toMatch(/^a\p{M}{3}b$/u);
  });
});
