import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import type { Host } from "../../src/watch/host.ts";
import { readPlainKeys } from "../../src/watch/plain-keys.ts";

/** A terminal, or with `isTTY: false` a pipe, with a shell around it. */
function start({ isTTY = true } = {}) {
  const clock = createVirtualClock();
  let isRaw = false;
  let isForeground = true;
  let quits = 0;
  let stops = 0;
  let exit = () => {};
  const input = Object.assign(new PassThrough(), {
    isTTY,
    setRawMode: (raw: boolean) => {
      if (!isForeground) throw new Error("the process was stopped");
      isRaw = raw;
    },
    ref: () => {},
    unref: () => {},
  });
  const host = {
    input,
    output: { isTTY },
    atExit: (listener: () => void) => {
      exit = listener;
      return () => {};
    },
    jobs: {
      onStop: () => () => {},
      onContinue: () => () => {},
      stop: () => {
        stops += 1;
        isForeground = false;
      },
      inForeground: () => isForeground,
      measure: () => {},
    },
  } as unknown as Host;
  const end = readPlainKeys(host, clock, () => {
    quits += 1;
  });
  return {
    end,
    press: (keys: string) => input.write(keys),
    state: () => ({ isRaw, quits, stops }),
    fg: () => {
      isForeground = true;
      clock.runUntil(clock.now() + 1_000);
    },
    exit: () => exit(),
  };
}

describe("the keys of a run that prints lines", () => {
  it.each(["q", "qq", "\x03", "\x1c"])("%j quits, and the terminal is restored", (key) => {
    const { press, state, end } = start();
    expect(state()).toEqual({ isRaw: true, quits: 0, stops: 0 });
    press(key);
    expect(state().quits).toBe(1);
    end();
    expect(state().isRaw).toBe(false);
  });

  it("other keys and pasted text do nothing", () => {
    const { press, state } = start();
    for (const text of ["j", "Q", "\x1b[A", "a pasted line with q\n"]) press(text);
    expect(state()).toEqual({ isRaw: true, quits: 0, stops: 0 });
  });

  it("Ctrl-Z restores the terminal and stops; keys work again after fg", () => {
    const { press, state, fg, end } = start();
    press("\x1a");
    expect(state()).toEqual({ isRaw: false, quits: 0, stops: 1 });
    fg();
    press("q");
    expect(state()).toEqual({ isRaw: true, quits: 1, stops: 1 });
    end();
    expect(state().isRaw).toBe(false);
  });

  it("an exit restores the terminal, in the background it leaves it to the shell", () => {
    const crashed = start();
    crashed.exit();
    expect(crashed.state().isRaw).toBe(false);
    const stopped = start();
    stopped.press("\x1a");
    expect(() => {
      stopped.exit();
      stopped.end();
    }).not.toThrow();
  });

  it("are read from terminals only", () => {
    const { press, state } = start({ isTTY: false });
    press("q");
    expect(state()).toEqual({ isRaw: false, quits: 0, stops: 0 });
  });
});
