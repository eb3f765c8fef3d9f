import { Box, render, Text, useInput, usePaste, useWindowSize } from "ink";
import { createElement as h, useState } from "react";
import { describe, expect, it } from "vitest";
import { LIVE } from "../../src/terminal/cells.ts";
import { createFakeTerminal } from "./fake-terminal.ts";
import { feed, linesOf } from "./xterm.ts";

/** The keys and pastes that an app receives, and a promise for the next one. */
function createLog() {
  const heard: string[] = [];
  let wake = () => {};
  return {
    heard,
    hear(what: string) {
      heard.push(what);
      wake();
    },
    async until(count: number) {
      while (heard.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

async function startApp() {
  const fake = createFakeTerminal();
  const log = createLog();
  function App() {
    const { columns, rows } = useWindowSize();
    const [last, setLast] = useState("none");
    useInput((input, key) => {
      const name = key.return ? "Enter" : key.escape ? "Esc" : key.upArrow ? "Up" : input;
      setLast(name);
      log.hear(`key ${name}`);
    });
    usePaste((text) => log.hear(`paste ${text}`));
    return h(
      Box,
      { width: columns, height: rows, flexDirection: "column", overflow: "hidden" },
      h(Text, { bold: true }, `size ${columns}x${rows}`),
      h(Text, null, `last ${last}`),
      h(Text, null, LIVE.repeat(columns)),
      h(Box, { position: "absolute", marginTop: 2, marginLeft: 4 }, h(Text, null, "dialog")),
    );
  }
  const { session } = fake;
  session.enter();
  const app = render(h(App), {
    stdout: session.stdout,
    stdin: session.stdin,
    debug: true,
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
  });
  await app.waitUntilRenderFlush();
  const terminal = await fake.shown(await fake.drawn());
  const look = async () => {
    await app.waitUntilRenderFlush();
    await feed(terminal, await fake.drawn());
    return linesOf(terminal);
  };
  return { ...fake, app, log, terminal, look };
}

describe("Ink in a session", () => {
  it("shows its frames, receives keys and redraws only changes", async () => {
    const { app, input, log, look, output, clock } = await startApp();
    expect(await look()).toEqual(["size 20x4", "last none", "    dialog", ""]);
    for (const [key, name] of [
      ["j", "j"],
      ["\r", "Enter"],
      ["\x1b[A", "Up"],
      ["\x1b", "Esc"],
    ] as const) {
      input.write(key);
      await log.until(log.heard.length + 1);
      expect(log.heard.at(-1)).toBe(`key ${name}`);
    }
    expect((await look())[1]).toBe("last Esc");
    input.write("x");
    await log.until(5);
    await app.waitUntilRenderFlush();
    clock.runUntil(clock.now());
    expect(output.taken.splice(0).join("")).toBe("\x1b[?2026h\b\b\b\bx  \x1b[?2026l");
    app.unmount();
    await app.waitUntilExit();
  });

  it("never treats pasted text as keys, in any chunks", async () => {
    const { app, input, log } = await startApp();
    for (const chunk of ["q\x1b[20", "0~rm -rf\r", "q\x1b[2", "01~q"]) {
      input.write(chunk);
      await new Promise(setImmediate);
    }
    await log.until(3);
    expect(log.heard).toEqual(["key q", "paste rm -rf\rq", "key q"]);
    app.unmount();
    await app.waitUntilExit();
  });

  it("keeps content of Ink in front of live regions", async () => {
    const { app, session, look } = await startApp();
    session.addPainter((screen) =>
      screen.paint(0, 2, 20, [{ text: "painted region here!", sgr: "32" }], true),
    );
    session.requestDraw();
    expect(await look()).toEqual(["size 20x4", "last none", "paindialoggion here!", ""]);
    app.unmount();
    await app.waitUntilExit();
  });

  it("redraws once after a resize", async () => {
    const { app, output, terminal, look, clock } = await startApp();
    terminal.resize(30, 6);
    output.resize(30, 6);
    await app.waitUntilRenderFlush();
    clock.runUntil(clock.now());
    expect(output.taken).toHaveLength(1);
    expect(await look()).toEqual(["size 30x6", "last none", "    dialog", "", "", ""]);
    app.unmount();
    await app.waitUntilExit();
  });

  it("leaves the terminal to the session when it unmounts", async () => {
    const { app, drawn, rawModes, look } = await startApp();
    await look();
    app.unmount();
    await app.waitUntilExit();
    expect(await drawn()).toBe("");
    expect(rawModes).toEqual([true]);
  });
});
