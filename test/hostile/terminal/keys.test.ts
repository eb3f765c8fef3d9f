import { PassThrough } from "node:stream";
import { afterAll, describe, expect, it } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { createPasteGuard } from "../../../src/terminal/paste-guard.ts";
import { createKeyStream } from "../../../src/terminal/streams.ts";
import { keyNames } from "../../../src/ui/keymap/key-name.ts";
import { startSession } from "../../ui/harness.ts";
import { cases, report } from "../scale.ts";

const random = createRandom("keys", "hostile").next;
const below = (most: number) => Math.floor(random() * most);
const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;

const PIECES = [
  "\x1b",
  "\x1b[",
  "\x1bO",
  "\x1b[A",
  "\x1b[200~",
  "\x1b[201~",
  "\x1b[20",
  "1~",
  "\x1b[<0;1;1M",
  "\x1b[M",
  "\x9b",
  "\x1b]0;t\x07",
  "\x1bP",
  "\x00",
  "\x03",
  "\x1a",
  "\x7f",
  "\r",
  "\n",
  "é",
  "漢",
  "👨‍👩‍👧",
  "\u0301",
  "\ud800",
  "q",
  "j",
  " ",
];

/** Random bytes, with the beginnings and ends of sequences more often than chance has them. */
function junk(): string {
  return Array.from({ length: 1 + below(20) }, () =>
    random() < 0.6 ? pick(PIECES) : String.fromCharCode(below(random() < 0.8 ? 0x100 : 0x10000)),
  ).join("");
}

/** What Ink says about plain characters. */
const NO_KEY = { ctrl: false, meta: false, shift: false, tab: false };

let bytes = 0;
afterAll(() => report("key bytes", bytes, 0));

describe("random key bytes", () => {
  it("never make the paste guard swallow keys for ever, or keep more than a paste may be", () => {
    for (let turn = 0; turn < cases(300, 20_000); turn++) {
      const guard = createPasteGuard(64);
      let out = "";
      for (let chunk = 0; chunk < 8; chunk++) {
        const text = junk();
        bytes += Buffer.byteLength(text);
        out += guard(text);
      }
      // Ctrl-C alone ends any paste; what follows are keys again.
      out += guard("\x03");
      expect(guard("jk")).toBe("jk");
      for (const paste of out.split("\x1b[200~").slice(1)) {
        const end = paste.indexOf("\x1b[201~");
        if (end !== -1) expect(end).toBeLessThanOrEqual(64);
      }
    }
  });

  it("pass the key stream in chunks of any size, without a replaced character in UTF-8", async () => {
    for (let turn = 0; turn < cases(30, 1_000); turn++) {
      const stream = createKeyStream(new PassThrough());
      const text = Array.from({ length: 20 }, () => pick(["é", "漢", "👨", "a", "\x1b[A"])).join("");
      const all = Buffer.from(text);
      bytes += all.length;
      for (let from = 0; from < all.length; ) {
        const to = from + 1 + below(4);
        stream.write(all.subarray(from, to));
        from = to;
      }
      await new Promise(setImmediate);
      let out = "";
      for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) out += chunk;
      expect(out).toBe(text);
    }
  });

  it("never break a session, and only q and Ctrl-C outside of text input quit it", () => {
    const harness = startSession();
    harness.run(5);
    const names = () => keyNames(junk().replaceAll(/[q\x03]/g, ""), NO_KEY as never);
    for (let turn = 0; turn < cases(150, 1_500); turn++) {
      for (const name of names()) {
        bytes += name.length;
        harness.session.press(name);
      }
      if (turn % 10 === 0) harness.session.resize({ width: 1 + below(200), height: 1 + below(60) });
      if (turn % 7 === 0) harness.run(1);
      expect(harness.screen()).toHaveLength(harness.session.view().size.height);
    }
    expect(harness.quits()).toBe(0);
    harness.session.press("ctrl+c");
    expect(harness.quits()).toBe(1);
  }, 300_000);
});
