import { type IPty, spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";

type Terminal = InstanceType<typeof xterm.Terminal>;

export interface StartOptions {
  readonly command: string;
  readonly args?: readonly string[];
  /** Default 120. */
  readonly columns?: number;
  /** Default 40. */
  readonly rows?: number;
  /** Added to the environment of this process; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

export interface Exit {
  readonly code: number;
  /** Number of the signal that ended the program; 0 if none did. */
  readonly signal: number;
}

/** A program in a real pseudo-terminal, and the screen it has drawn. */
export interface RunningProgram {
  readonly pid: number;
  /** The terminal behind it, to read cells and styles from. */
  readonly terminal: Terminal;
  /** The rows of the screen, without trailing blanks. */
  screen(): string[];
  /** The same as one text. */
  text(): string;
  /** The modes set by the program, to check that it restores them. */
  modes(): Modes;
  /** Bytes received so far. */
  bytes(): number;
  /** Types keys: text as it is, and names such as "<Enter>", "<Esc>", "<Up>", "<C-c>". */
  press(keys: string): void;
  /** Pastes text the way a terminal does. */
  paste(text: string): void;
  resize(columns: number, rows: number): void;
  /** Reads nothing more from the program: its terminal takes no output once its buffer is full. */
  stall(): void;
  unstall(): void;
  /**
   * Resolves as soon as the text of the screen matches; checked after all output. Rejects after `timeoutMs`
   * (default 10,000), or if the program ends first, with the screen in the message.
   */
  waitFor(condition: RegExp | ((program: RunningProgram) => boolean), timeoutMs?: number): Promise<void>;
  readonly exited: Promise<Exit>;
  /** Default SIGKILL; does nothing once the program has ended. */
  kill(signal?: string): void;
}

export interface Modes {
  readonly alternateScreen: boolean;
  readonly cursorVisible: boolean;
  readonly bracketedPaste: boolean;
  readonly autowrap: boolean;
}

const KEYS: Readonly<Record<string, string>> = {
  Enter: "\r",
  Esc: "\x1b",
  Tab: "\t",
  Space: " ",
  Backspace: "\x7f",
  Delete: "\x1b[3~",
  Up: "\x1b[A",
  Down: "\x1b[B",
  Right: "\x1b[C",
  Left: "\x1b[D",
  Home: "\x1b[H",
  End: "\x1b[F",
  PgUp: "\x1b[5~",
  PgDn: "\x1b[6~",
};

/** "j<Enter><C-c>" -> the bytes that a terminal sends for these keys. */
export function keyBytes(keys: string): string {
  return keys.replaceAll(/<(?:C-([a-z])|(\w+))>/g, (whole, letter: string | undefined, name: string) => {
    if (letter !== undefined) return String.fromCharCode(letter.charCodeAt(0) - 96);
    return KEYS[name] ?? whole;
  });
}

/** Variables of the test run or its terminal that change the behaviour of programs. */
const NOT_HANDED_DOWN = [
  ...["NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLORFGBG", "STY", "WT_SESSION"],
  ...["LC_ALL", "LC_CTYPE", "CI", "NODE_ENV", "DEV"],
];

/** The same environment for all test runs. */
function environment(changes: StartOptions["env"] = {}): Record<string, string> {
  const env: Record<string, string | undefined> = { ...process.env };
  for (const name of NOT_HANDED_DOWN) delete env[name];
  Object.assign(env, { TERM: "xterm-256color", LANG: "C.UTF-8" }, changes);
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

interface Waiter {
  readonly isMet: () => boolean;
  readonly resolve: () => void;
  readonly reject: (reason: string) => void;
}

/** Starts a program in a pseudo-terminal of its own. */
export function startInTerminal(options: StartOptions): RunningProgram {
  const { command, args = [], columns = 120, rows = 40, cwd } = options;
  const env = environment(options.env);
  const pty: IPty = spawn(command, [...args], {
    cols: columns,
    rows,
    env,
    ...(cwd === undefined ? {} : { cwd }),
  });
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const waiters = new Set<Waiter>();
  let byteCount = 0;
  let isCursorVisible = true;
  let exit: Exit | undefined;

  for (const final of ["h", "l"]) {
    terminal.parser.registerCsiHandler({ prefix: "?", final }, (parameters) => {
      if (parameters.includes(25)) isCursorVisible = final === "h";
      return false;
    });
  }
  // Programs query terminals, for example for the cursor position.
  terminal.onData((answer) => {
    if (exit === undefined) pty.write(answer);
  });

  const look = () => {
    // During a synchronized update a terminal shows the previous screen.
    if (terminal.modes.synchronizedOutputMode && exit === undefined) return;
    for (const waiter of waiters) {
      if (waiter.isMet()) waiter.resolve();
      else if (exit !== undefined) waiter.reject(`the program ended (${JSON.stringify(exit)}) before`);
    }
  };
  pty.onData((data) => {
    byteCount += Buffer.byteLength(data);
    terminal.write(data, look);
  });
  const exited = new Promise<Exit>((resolve) => {
    pty.onExit(({ exitCode, signal = 0 }) => {
      // The parser may still be processing the last bytes.
      terminal.write("", () => {
        exit = { code: exitCode, signal };
        look();
        resolve(exit);
      });
    });
  });

  const screen = () => {
    const { active } = terminal.buffer;
    return Array.from({ length: terminal.rows }, (_, row) => {
      const line = active.getLine(active.viewportY + row);
      return line?.translateToString(true).trimEnd() ?? "";
    });
  };

  const program: RunningProgram = {
    pid: pty.pid,
    terminal,
    screen,
    text: () => screen().join("\n"),
    modes: () => ({
      alternateScreen: terminal.buffer.active.type === "alternate",
      cursorVisible: isCursorVisible,
      bracketedPaste: terminal.modes.bracketedPasteMode,
      autowrap: terminal.modes.wraparoundMode,
    }),
    bytes: () => byteCount,
    press: (keys) => pty.write(keyBytes(keys)),
    paste: (text) => pty.write(`\x1b[200~${text}\x1b[201~`),
    resize(newColumns, newRows) {
      terminal.resize(newColumns, newRows);
      pty.resize(newColumns, newRows);
    },
    stall: () => pty.pause(),
    unstall: () => pty.resume(),
    waitFor(condition, timeoutMs = 10_000) {
      return new Promise((resolve, reject) => {
        const settle = (finish: () => void) => {
          waiters.delete(waiter);
          clearTimeout(deadline);
          finish();
        };
        const waiter: Waiter = {
          isMet: () => (condition instanceof RegExp ? condition.test(program.text()) : condition(program)),
          resolve: () => settle(resolve),
          reject: (reason) =>
            settle(() =>
              reject(
                new Error(`${reason} the screen met ${String(condition)}. It shows:\n${program.text()}`),
              ),
            ),
        };
        const deadline = setTimeout(() => waiter.reject(`${timeoutMs} ms passed before`), timeoutMs);
        waiters.add(waiter);
        look();
      });
    },
    exited,
    kill(signal = "SIGKILL") {
      if (exit === undefined) pty.kill(signal);
    },
  };
  return program;
}
