import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import type { TerminalSession } from "../../src/terminal/session.ts";
import type { JobControl } from "../../src/watch/host.ts";
import { createSuspension } from "../../src/watch/suspend.ts";

/** A shell: it decides who is in the foreground, and stops and continues the process. */
function underShell({ hasJobControl = true } = {}) {
  const clock = createVirtualClock();
  const calls: string[] = [];
  let isForeground = true;
  let onStop = () => {};
  let onContinue = () => {};
  const note = (call: string) => () => void calls.push(isForeground ? call : `${call} in the background`);
  const jobs: JobControl = {
    onStop: (listener) => {
      onStop = listener;
      return () => {};
    },
    onContinue: (listener) => {
      onContinue = listener;
      return () => {};
    },
    stop: (group) => {
      calls.push(group ? "stop group" : "stop");
      if (hasJobControl) isForeground = false;
    },
    inForeground: () => isForeground,
    measure: note("measure"),
  };
  const terminal = {
    enter: note("enter"),
    leave: note("leave"),
    release: note("release"),
  } as Partial<TerminalSession>;
  const suspension = createSuspension(terminal as TerminalSession, jobs, clock);
  const pass = (ms: number) => clock.runUntil(clock.now() + ms);
  return {
    suspension,
    calls,
    pass,
    signal: () => onStop(),
    /** `fg` tells a stopped process that it continues, not a running one. */
    fg: (isTold: boolean) => {
      isForeground = true;
      if (isTold) onContinue();
    },
    bg: () => onContinue(),
    isForeground: () => isForeground,
  };
}

describe("suspending", () => {
  it("restores the terminal, stops, and comes back with the size of that time", () => {
    const { suspension, calls, fg, pass } = underShell();
    suspension.show();
    suspension.suspend();
    expect(calls).toEqual(["measure", "enter", "leave", "stop group"]);
    fg(true);
    pass(1_000);
    expect(calls.slice(4)).toEqual(["measure", "enter"]);
  });

  it("stops only the process that a signal asks to stop", () => {
    const { suspension, calls, signal } = underShell();
    suspension.show();
    signal();
    expect(calls.slice(2)).toEqual(["leave", "stop"]);
  });

  it("comes back by itself where no shell could continue it", () => {
    const { suspension, calls, pass } = underShell({ hasJobControl: false });
    suspension.show();
    suspension.suspend();
    pass(100);
    expect(calls.slice(2)).toEqual(["leave", "stop group", "measure", "enter"]);
  });

  it("waits in the background, and returns soon after fg without being told", () => {
    const { suspension, calls, bg, fg, pass } = underShell();
    suspension.show();
    suspension.suspend();
    bg();
    pass(60_000);
    expect(suspension.mayDraw()).toBe(false);
    expect(calls.filter((call) => call === "enter")).toHaveLength(1);
    fg(false);
    pass(250);
    expect(calls.slice(-2)).toEqual(["measure", "enter"]);
    expect(suspension.mayDraw()).toBe(true);
  });

  it("never touches the terminal in the background, and is on it whenever it may, in any order of events", () => {
    const step = fc.constantFrom("suspend", "signal", "bg", "fg told", "fg", "wait", "draw");
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const shell = underShell();
        shell.suspension.show();
        for (const name of steps) {
          if (name === "wait") shell.pass(137);
          else if (name === "draw") shell.suspension.mayDraw();
          else if (name === "bg") shell.bg();
          else if (name === "fg" || name === "fg told") shell.fg(name === "fg told");
          else if (shell.isForeground()) {
            if (name === "suspend") shell.suspension.suspend();
            else shell.signal();
          }
        }
        shell.fg(true);
        shell.pass(1_000);
        const touched = shell.calls.filter((call) => /^(enter|leave|measure) in the background/.test(call));
        expect(touched).toEqual([]);
        expect(shell.calls.findLast((call) => /^(enter|leave|release)/.test(call))).toBe("enter");
      }),
    );
  });
});
