import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { PROGRAM, ROOT } from "../faultline.ts";
import { type RunningProgram, type StartOptions, startInTerminal } from "../pty.ts";

/** The built program under a shell that reports the state of the terminal after it. */
export interface ShellRun {
  readonly program: RunningProgram;
  /** Sends a signal to the program, or nothing if it has ended. */
  signal(name: NodeJS.Signals): void;
  /** Waits for the end of the shell and checks that the terminal is as before. Returns the exit code. */
  restored(): Promise<number>;
}

/** The process that a shell runs now; undefined if there is none. */
export function jobOf(shell: number): number | undefined {
  try {
    const [first] = readFileSync(`/proc/${shell}/task/${shell}/children`, "utf8").trim().split(" ");
    return first ? Number(first) : undefined;
  } catch {
    return undefined;
  }
}

const AFTER = "stty -a | tr ';' '\\n' > /dev/tty; echo \"code=$code.\" > /dev/tty";

/** Everything a program could leave behind on a terminal; a wide one, so that no line of the report wraps. */
export function underShell(
  args: readonly string[],
  options: Omit<StartOptions, "command" | "args"> & {
    /** Arguments for Node. */
    readonly node?: readonly string[];
    /** Appended to the command, such as "2>&-". */
    readonly redirects?: string;
  } = {},
): ShellRun {
  const { node = [], redirects = "", ...rest } = options;
  const program = startInTerminal({
    command: "bash",
    args: ["-c", `"$@" ${redirects}; code=$?; ${AFTER}`, "bash", process.execPath, ...node, PROGRAM, ...args],
    cwd: ROOT,
    ...rest,
  });
  return {
    program,
    signal(name) {
      const pid = jobOf(program.pid);
      // Pid 0 would be the group of this test.
      if (pid === undefined) return;
      try {
        process.kill(pid, name);
      } catch {
        // It has ended meanwhile.
      }
    },
    async restored() {
      await program.exited;
      program.terminal.resize(200, 200);
      const text = program.text();
      expect(program.modes(), text).toEqual({
        alternateScreen: false,
        cursorVisible: true,
        bracketedPaste: false,
        autowrap: true,
      });
      expect(text).toMatch(/(^|\s)icanon\b/);
      expect(text).toMatch(/(^|\s)echo\b/);
      expect(text).not.toMatch(/^\s+at .*:\d+:\d+/m);
      return Number(/code=(\d+)\./.exec(text)?.[1]);
    },
  };
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
