import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIVE } from "../../src/terminal/cells.ts";
import { Screen } from "../../src/terminal/screen.ts";
import { cellsOf, createTerminal, feed, type Terminal } from "./xterm.ts";

/** As in a session, so that graphemes that a terminal draws too wide cannot wrap. */
const NO_WRAP = "\x1b[?7l";

const plain = fc.constantFrom("a", "b", "0", "1", ".", " ", " ", "   ", "─", "│", "▁", "█", "é", "–");
const wide = fc.constantFrom("日", "本", "한", "글", "Ａ");
const combining = fc.constantFrom("e\u0301", "a\u0308", "日\u0301", "n\u0303\u0301");
const loneMark = fc.constant("\u0301");
const emoji = fc.constantFrom("😀", "⚡", "👨‍👩‍👧", "🇩🇪", "❤️", "1️⃣", "👍🏽", "नि", "กำ");
const control = fc.constantFrom("\t", "\x07", "\x1b[5A", "\x1b]0;title\x07", "\u202e", "\r", "\x9b");
const wellFormed = fc.constantFrom(
  ...[
    "",
    "0",
    "1",
    "2",
    "3",
    "4",
    "7",
    "9",
    "22",
    "24",
    "27",
    "31",
    "39",
    "97",
    "44",
    "49",
    "38;5;208",
    "48;5;22",
  ],
  ...["38;2;10;20;30", "48;2;1;2;3", "1;38;5;190;45", "0;4;33"],
);
const malformed = fc.constantFrom("38;5", "38;2;1;2", "38;9", "5;53", "999", "4:3", ";;");
const sgr = fc.oneof({ weight: 9, arbitrary: wellFormed }, { weight: 1, arbitrary: malformed });

function lineOf(...texts: fc.Arbitrary<string>[]) {
  const code = sgr.map((parameters) => `\x1b[${parameters}m`);
  return fc.array(fc.oneof(...texts, code), { maxLength: 12 }).map((parts) => parts.join(""));
}
const frameOf = (line: fc.Arbitrary<string>) =>
  fc.array(line, { maxLength: 7 }).map((lines) => lines.join("\n"));

const anyFrame = frameOf(
  lineOf(plain, plain, wide, combining, loneMark, emoji, control, fc.constant(LIVE.repeat(4))),
);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("frame" as const), text: anyFrame }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("paint" as const),
      x: fc.integer({ min: -1, max: 16 }),
      y: fc.integer({ min: -1, max: 6 }),
      width: fc.integer({ min: 0, max: 16 }),
      spans: fc.array(fc.record({ text: lineOf(plain, wide, combining, emoji), sgr }), { maxLength: 3 }),
      liveOnly: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("reset" as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function apply(screen: Screen, action: Step): void {
  if (action.kind === "frame") screen.frame(action.text);
  else if (action.kind === "paint") {
    screen.paint(action.x, action.y, action.width, action.spans, action.liveOnly);
  } else screen.reset();
}

async function seen(terminal: Terminal, bytes: string): Promise<string[]> {
  await feed(terminal, bytes);
  return cellsOf(terminal);
}

const size = fc.record({ columns: fc.integer({ min: 1, max: 18 }), rows: fc.integer({ min: 1, max: 6 }) });
const depth = fc.constantFrom("none" as const, "16" as const, "256" as const, "truecolor" as const);

/** Generous, because many screens are parsed and the machine can be busy. */
const TIMEOUT_MS = 60_000;

describe("a screen, against a real terminal", { timeout: TIMEOUT_MS }, () => {
  it("looks the same after minimal updates as after a full repaint, cell by cell", async () => {
    await fc.assert(
      fc.asyncProperty(
        size,
        depth,
        fc.array(step, { minLength: 1, maxLength: 6 }),
        async ({ columns, rows }, depth, steps) => {
          const updated = createTerminal(columns, rows);
          await feed(updated, NO_WRAP);
          const screen = new Screen(columns, rows, depth);
          for (const [index, action] of steps.entries()) {
            apply(screen, action);
            const cells = await seen(updated, screen.diff());

            const repaint = new Screen(columns, rows, depth);
            for (const earlier of steps.slice(0, index + 1)) apply(repaint, earlier);
            const repainted = createTerminal(columns, rows);
            expect(cells).toEqual(await seen(repainted, NO_WRAP + repaint.diff()));
          }
          expect(screen.diff()).toBe("");
        },
      ),
      { numRuns: 150 },
    );
  });

  it("shows a frame like a direct write of the frame", async () => {
    const line = fc.array(
      fc.oneof(
        plain,
        plain,
        wide,
        combining,
        wellFormed.map((p) => `\x1b[${p}m`),
      ),
      { maxLength: 8 },
    );
    const lines = fc.array(
      line.map((parts) => `x${parts.join("")}`),
      { maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(lines, lines, async (before, after) => {
        const screen = new Screen(24, 5, "truecolor");
        const drawn = createTerminal(24, 5);
        screen.frame(before.join("\n"));
        await feed(drawn, screen.diff());
        screen.frame(after.join("\n"));
        const written = createTerminal(24, 5);
        expect(await seen(drawn, screen.diff())).toEqual(await seen(written, after.join("\r\n")));
      }),
      { numRuns: 150 },
    );
  });
});
