import { describe, expect, it } from "vitest";
import { createFakeTerminal } from "./fake-terminal.ts";
import { createTerminal, feed, linesOf } from "./xterm.ts";

const ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h";
const LEAVE = "\x1b[?2026l\x1b[m\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l";

describe("entering and leaving a terminal", () => {
  it("writes nothing before entering", async () => {
    const { session, drawn, rawModes } = createFakeTerminal();
    session.stdout.write("frame");
    expect(await drawn()).toBe("");
    expect(rawModes).toEqual([]);
  });

  it("sets and restores every mode, once", () => {
    const { session, output, rawModes } = createFakeTerminal();
    session.enter();
    expect(output.taken.splice(0)).toEqual([ENTER]);
    session.leave();
    session.leave();
    expect(output.taken).toEqual([LEAVE]);
    expect(rawModes).toEqual([true, false]);
  });

  it("restores what the terminal showed before", async () => {
    const { session, drawn, output } = createFakeTerminal();
    const terminal = createTerminal(20, 4);
    await feed(terminal, "$ faultline");
    const before = { lines: linesOf(terminal), modes: { ...terminal.modes } };
    session.enter();
    session.stdout.write("\x1b[31mall\nover\nthe\nscreen");
    await feed(terminal, await drawn());
    expect(linesOf(terminal)).toEqual(["all", "over", "the", "screen"]);
    expect(terminal.modes).toMatchObject({ bracketedPasteMode: true, wraparoundMode: false });
    session.leave();
    await feed(terminal, output.taken.join(""));
    expect({ lines: linesOf(terminal), modes: { ...terminal.modes } }).toEqual(before);
    await feed(terminal, "!");
    expect(linesOf(terminal)[0]).toBe("$ faultline!");
  });

  it("sets the window's title without control characters, and restores it", () => {
    const { session, output } = createFakeTerminal({ title: "fault\x07\x1bline" });
    session.enter();
    session.leave();
    expect(output.taken).toEqual([`\x1b[22;0t\x1b]0;faultline\x07${ENTER}`, `${LEAVE}\x1b[23;0t`]);
  });

  it("redraws everything when entered again", async () => {
    const { session, drawn, shown } = createFakeTerminal();
    session.enter();
    session.stdout.write("frame");
    await drawn();
    session.leave();
    session.enter();
    expect(linesOf(await shown(await drawn()))[0]).toBe("frame");
  });

  it("receives each key once when entered again", async () => {
    const { session, input } = createFakeTerminal();
    for (let turn = 0; turn < 2; turn++) {
      session.enter();
      session.leave();
    }
    session.enter();
    input.write("j");
    await new Promise(setImmediate);
    expect(session.stdin.read()).toBe("j");
    expect(session.stdin.read()).toBeNull();
  });

  it("stops listening to the keyboard after leaving", async () => {
    const { session, input } = createFakeTerminal();
    session.enter();
    session.leave();
    input.write("typed for the shell");
    await new Promise(setImmediate);
    expect(session.stdin.read()).toBeNull();
  });
});

describe("drawing", () => {
  it("makes one update of several frames, and none of an equal one", async () => {
    const { session, drawn } = createFakeTerminal();
    session.enter();
    await drawn();
    session.stdout.write("one");
    session.stdout.write("two");
    expect(await drawn()).toBe("\x1b[?2026h\x1b[m\x1b[H\x1b[2Jtwo\x1b[?2026l");
    session.stdout.write("two");
    expect(await drawn()).toBe("");
    expect(session.stats).toMatchObject({ updates: 1, heldBack: 0 });
  });

  it("counts bytes", async () => {
    const { session, drawn } = createFakeTerminal();
    session.enter();
    session.stdout.write("é");
    const first = Buffer.byteLength((await drawn()).replace(ENTER, ""));
    session.stdout.write("▲");
    const second = Buffer.byteLength(await drawn());
    expect(session.stats).toEqual({ updates: 2, bytes: first + second, lastBytes: second, heldBack: 0 });
  });

  it("drops what Ink writes beside frames", async () => {
    const { session, drawn } = createFakeTerminal();
    session.enter();
    session.stdout.write("frame");
    await drawn();
    for (const bytes of ["", "\x1b[?25h", "\x1b[?2004l", "\x1b[?u\x1b[>1u"]) session.stdout.write(bytes);
    expect(await drawn()).toBe("");
  });

  it("calls back when a frame is accepted, because Ink waits for that", async () => {
    const { session } = createFakeTerminal();
    await new Promise<void>((resolve) => session.stdout.write("", () => resolve()));
    expect(session.stdout.writable).toBe(true);
  });

  it("paints live regions over the frame, in its place only", async () => {
    const { session, drawn, shown } = createFakeTerminal();
    let value = 1;
    session.enter();
    const remove = session.addPainter((screen) =>
      screen.paint(2, 0, 6, [{ text: `value ${value}`, sgr: "1" }]),
    );
    session.stdout.write("| ...... |\nbelow");
    const first = await drawn();
    expect(linesOf(await shown(first)).slice(0, 2)).toEqual(["| value  |", "below"]);
    value = 22;
    session.requestDraw();
    expect(await drawn()).toBe("");
    remove();
    session.stdout.write("| ...... |\nbelow");
    expect(linesOf(await shown(first + (await drawn())))[0]).toBe("| ...... |");
  });

  it("limits the update rate", async () => {
    const { session, drawn, clock } = createFakeTerminal({ pace: { maxFps: 10 } });
    session.enter();
    session.stdout.write("one");
    await drawn();
    session.stdout.write("two");
    expect(await drawn()).toBe("");
    clock.runUntil(clock.now() + 99);
    expect(await drawn()).toBe("");
    clock.runUntil(clock.now() + 1);
    expect(await drawn()).toContain("two");
  });

  it("shows the frame in another colour depth", async () => {
    const { session, drawn } = createFakeTerminal();
    session.enter();
    session.stdout.write("\x1b[38;2;255;0;0mred");
    expect(await drawn()).toContain("\x1b[38;2;255;0;0mred");
    session.setDepth("16");
    expect(await drawn()).toContain("\x1b[91mred");
    session.setDepth("none");
    expect(await drawn()).toMatch(/2Jred/);
  });
});

describe("a slow terminal", () => {
  it("gets the newest frame when it is ready again, never those between", async () => {
    const { session, drawn, output } = createFakeTerminal();
    session.enter();
    await drawn();
    output.stalls = true;
    session.stdout.write("first");
    expect(await drawn()).toContain("first");
    for (const frame of ["second", "third", "newest"]) {
      session.stdout.write(frame);
      expect(await drawn()).toBe("");
    }
    expect(session.stats.heldBack).toBe(3);
    await output.resume();
    const update = await drawn();
    expect(update).toContain("newest");
    expect(update).not.toMatch(/second|third/);
    expect(session.stats.updates).toBe(2);
  });
});

describe("a resize", () => {
  it("clears and draws the new frame in one synchronized update", async () => {
    const { session, drawn, output, shown } = createFakeTerminal();
    session.enter();
    session.stdout.write("made for 20 columns");
    await drawn();
    const sizes: number[][] = [];
    session.stdout.on("resize", () => sizes.push([session.stdout.columns, session.stdout.rows]));
    output.resize(10, 2);
    session.requestDraw();
    expect(await drawn()).toBe("");
    session.stdout.write("made for 10\nsecond\nthird");
    const update = await drawn();
    expect(sizes).toEqual([[10, 2]]);
    expect(update).toMatch(/^\x1b\[\?2026h\x1b\[m\x1b\[H\x1b\[2J.*\x1b\[\?2026l$/s);
    expect(update.match(/2026h/g)).toHaveLength(1);
    expect(linesOf(await shown(update))).toEqual(["made for 1", "second"]);
  });

  it.each([
    [0, 0, 1, 1],
    [-5, Number.NaN, 1, 1],
    [65_535, 65_535, 1000, 500],
    [132, 43, 132, 43],
  ])("treats a size of %d x %d as %d x %d", (columns, rows, expectedColumns, expectedRows) => {
    const { session, output } = createFakeTerminal();
    output.resize(columns, rows);
    expect([session.columns, session.rows]).toEqual([expectedColumns, expectedRows]);
    expect([session.stdout.columns, session.stdout.rows]).toEqual([expectedColumns, expectedRows]);
  });

  it("handles many resizes with one update", async () => {
    const { session, drawn, output } = createFakeTerminal();
    session.enter();
    await drawn();
    session.stdout.on("resize", () => session.stdout.write(`${session.columns} columns`));
    for (let columns = 10; columns <= 60; columns++) output.resize(columns, 5);
    expect(await drawn()).toBe("\x1b[?2026h\x1b[m\x1b[H\x1b[2J60 columns\x1b[?2026l");
  });
});

describe("a lost terminal", () => {
  it.each([
    ["an error of the output", (t: Fake) => t.output.destroy(new Error("write EPIPE")), "write EPIPE"],
    ["an error of the input", (t: Fake) => t.input.destroy(new Error("read EIO")), "read EIO"],
    ["a closed output", (t: Fake) => t.output.destroy(), "the terminal was closed"],
    ["the end of the input", (t: Fake) => t.input.end(), "the terminal's input has ended"],
  ])("is reported once: %s", async (_, end, reason) => {
    const fake = createFakeTerminal();
    const reasons: string[] = [];
    fake.session.onLost((why) => reasons.push(why));
    fake.session.enter();
    await fake.drawn();
    end(fake);
    await new Promise(setImmediate);
    fake.session.stdout.write("more");
    expect(await fake.drawn()).toBe("");
    fake.session.leave();
    expect(reasons).toEqual([reason]);
    fake.session.onLost((why) => reasons.push(why));
    expect(reasons).toEqual([reason, reason]);
  });

  it("is restored when only its keyboard is lost, which can be another terminal", async () => {
    const { session, input, output } = createFakeTerminal();
    session.enter();
    input.end();
    await new Promise(setImmediate);
    session.leave();
    expect(output.taken).toEqual([ENTER, LEAVE]);
  });

  it("sets raw mode anew when it is entered again without leaving, because a shell may have changed it", () => {
    const { session, rawModes } = createFakeTerminal();
    session.enter();
    session.release();
    session.enter();
    session.leave();
    expect(rawModes).toEqual([true, false, true, false]);
  });

  it("is reported, not thrown, when writing itself throws", async () => {
    const { session, output, drawn } = createFakeTerminal();
    const reasons: string[] = [];
    session.onLost((why) => reasons.push(why));
    session.enter();
    output.write = () => {
      throw new Error("ERR_STREAM_DESTROYED");
    };
    session.stdout.write("frame");
    await drawn();
    session.leave();
    expect(reasons).toEqual(["ERR_STREAM_DESTROYED"]);
  });
});

type Fake = ReturnType<typeof createFakeTerminal>;
