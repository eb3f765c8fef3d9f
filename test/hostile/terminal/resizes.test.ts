import { afterAll, describe, expect, it } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { detectCapabilities } from "../../../src/terminal/capabilities.ts";
import { createFakeTerminal } from "../../terminal/fake-terminal.ts";
import { linesOf } from "../../terminal/xterm.ts";
import { cases, report } from "../scale.ts";

const random = createRandom("resizes", "hostile").next;
const below = (most: number) => Math.floor(random() * most);

let resizes = 0;
let environments = 0;
afterAll(() => {
  report("resizes with drawing between", resizes, 0);
  report("environments (TERM, locale, colour variables)", environments, 0);
});

/** What the frame of a size shows. */
const frameOf = (columns: number, rows: number, salt: number) =>
  Array.from({ length: rows }, (_, row) =>
    `${"abcdefghij".charAt((row + salt) % 10)}${columns}x${rows}`.repeat(30).slice(0, columns),
  );

describe("a storm of resizes", () => {
  it("ends with the frame of the last size on the terminal, whatever was drawn and held back between", async () => {
    for (let storm = 0; storm < cases(15, 400); storm++) {
      const { session, output, drawn, shown } = createFakeTerminal();
      session.enter();
      let size = { columns: 20, rows: 4 };
      for (let turn = 0; turn < 12; turn++) {
        size = { columns: 1 + below(60), rows: 1 + below(20) };
        resizes += 1;
        output.resize(size.columns, size.rows);
        if (random() < 0.3) await drawn();
        session.stdout.write(frameOf(size.columns, size.rows, turn).join("\n"));
        output.stalls = random() < 0.2;
        if (random() < 0.5) await drawn();
        await output.resume();
      }
      const last = frameOf(size.columns, size.rows, storm);
      session.stdout.write(last.join("\n"));
      await drawn();
      session.redraw();
      expect(linesOf(await shown(await drawn()))).toEqual(last);
    }
  });
});

describe("any environment", () => {
  it("has a defined look", () => {
    const values = [
      undefined,
      "",
      "0",
      "1",
      "dumb",
      "xterm",
      "xterm-256color",
      "x".repeat(999),
      "\x1b[31m",
      ";",
      "15;0",
      "C.UTF-8",
    ];
    const names = [
      "TERM",
      "LANG",
      "LC_ALL",
      "LC_CTYPE",
      "NO_COLOR",
      "FORCE_COLOR",
      "COLORTERM",
      "COLORFGBG",
      "STY",
      "WT_SESSION",
    ];
    for (let turn = 0; turn < cases(500, 100_000); turn++) {
      const env = Object.fromEntries(names.map((name) => [name, values[below(values.length)]]));
      environments += 1;
      const found = detectCapabilities(env, random() < 0.8);
      expect(["none", "16", "256", "truecolor"]).toContain(found.depth);
      if (env.NO_COLOR) expect(found.depth).toBe("none");
      expect(found.dumb).toBe(env.TERM === "dumb");
    }
  });
});
