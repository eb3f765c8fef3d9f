import { type IPty, spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";

type Terminal = InstanceType<typeof xterm.Terminal>;

export const COLUMNS = 120;
export const ROWS = 40;

/** One chunk of output and its time (ms, performance.now). */
export interface Chunk {
  readonly at: number;
  readonly data: Uint8Array;
}

export interface Recording {
  readonly pid: number;
  readonly startedAt: number;
  readonly chunks: readonly Chunk[];
  /**
   * Resolves with the time in ms from the start to the first chunk after which the text of the screen meets
   * the condition, outside of a synchronized update; rejects after 15 s or when the program ends.
   */
  whenShown(condition: (text: string) => boolean): Promise<number>;
  press(keys: string): void;
  /** Ends it with `keys`, then SIGKILL after a second. */
  end(keys: string): Promise<void>;
  readonly exited: Promise<number>;
}

export function createTerminal(): Terminal {
  return new xterm.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true, scrollback: 0 });
}

function textOf(terminal: Terminal): string {
  const { active } = terminal.buffer;
  const rows = Array.from({ length: ROWS }, (_, row) => active.getLine(active.viewportY + row));
  return rows.map((line) => line?.translateToString(true) ?? "").join("\n");
}

/** Starts a program in a pseudo-terminal of 120x40 and records every byte it writes. */
export function record(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Recording {
  const terminal = createTerminal();
  const chunks: Chunk[] = [];
  const waiting = new Set<() => void>();
  let hasEnded = false;
  let seenAt = 0;

  const startedAt = performance.now();
  const pty: IPty = spawn(command, [...args], { cols: COLUMNS, rows: ROWS, env, encoding: null });
  // Programs query terminals and wait for the response.
  terminal.onData((answer) => {
    if (!hasEnded) pty.write(answer);
  });
  pty.onData((received) => {
    // Without an encoding it passes bytes, contrary to its type.
    const data = received as unknown as Uint8Array;
    const at = performance.now();
    chunks.push({ at, data });
    terminal.write(data, () => {
      seenAt = at;
      for (const check of waiting) check();
    });
  });
  const exited = new Promise<number>((resolve) => {
    pty.onExit(() => {
      hasEnded = true;
      resolve(performance.now() - startedAt);
      for (const check of waiting) check();
    });
  });

  return {
    pid: pty.pid,
    startedAt,
    chunks,
    exited,
    press: (keys) => pty.write(keys),
    whenShown(condition) {
      return new Promise((resolve, reject) => {
        const settle = (finish: () => void) => {
          waiting.delete(check);
          clearTimeout(deadline);
          finish();
        };
        const fail = () =>
          reject(new Error(`${command} never showed its whole screen:\n${textOf(terminal)}`));
        const check = () => {
          if (hasEnded) settle(fail);
          else if (!terminal.modes.synchronizedOutputMode && condition(textOf(terminal))) {
            const shownAt = seenAt - startedAt;
            settle(() => resolve(shownAt));
          }
        };
        const deadline = setTimeout(() => settle(fail), 15_000);
        waiting.add(check);
        check();
      });
    },
    async end(keys) {
      pty.write(keys);
      const deadline = setTimeout(() => pty.kill("SIGKILL"), 1000);
      await exited;
      clearTimeout(deadline);
    },
  };
}
