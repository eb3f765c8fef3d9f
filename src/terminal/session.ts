import type { Clock } from "../core/clock.ts";
import type { Capabilities } from "./capabilities.ts";
import type { ColorDepth } from "./color-depth.ts";
import { Display, type DrawingStats, type Painter } from "./display.ts";
import type { Pace } from "./pace.ts";
import type { FrameStream, KeyStream, TerminalInput, TerminalOutput } from "./streams.ts";
import { createFrameStream, createKeyStream } from "./streams.ts";

export interface SessionOptions {
  readonly input: TerminalInput;
  readonly output: TerminalOutput;
  readonly capabilities: Capabilities;
  readonly clock: Clock;
  /** Title of the terminal's window while the session lasts; untouched unless given. */
  readonly title?: string | undefined;
  readonly pace?: Pace | undefined;
}

/** One terminal, local or remote, from taking it over to giving it back. */
export interface TerminalSession {
  readonly capabilities: Capabilities;
  /** Characters a row, 1..1000. */
  readonly columns: number;
  /** 1..500. */
  readonly rows: number;
  /**
   * For Ink's `stdout`; each write is a complete frame. After "resize" nothing is drawn until the next
   * frame. Give Ink `debug: true` with it (frames whole and unthrottled), and never `alternateScreen`.
   */
  readonly stdout: FrameStream;
  /** For Ink's `stdin`. Pastes are marked, so mount `usePaste` for as long as `useInput`: else they come as keys. */
  readonly stdin: KeyStream;
  readonly stats: DrawingStats;
  /** Takes the terminal over; again after `leave`, or after the process was stopped and goes on. */
  enter(): void;
  /** Gives the terminal back as it was. Only writes, so it may be called while the process exits; twice does no harm. */
  leave(): void;
  /** Resolves when the terminal has taken everything that was drawn; await it before `leave` where there is time. */
  settled(): Promise<void>;
  /** Paints a live region in every drawing, over the frame. Returns what ends that. */
  addPainter(painter: Painter): () => void;
  /** Something a painter shows has changed. */
  requestDraw(): void;
  /** Clears the terminal and draws everything. */
  redraw(): void;
  /** Shows everything in another colour depth. */
  setDepth(depth: ColorDepth): void;
  /** Calls back once, with the reason, when the terminal is gone: hung up, disconnected, closed. */
  onGone(callback: (reason: string) => void): void;
}

const ALTERNATE_SCREEN = "?1049";
const CURSOR = "?25";
const AUTOWRAP = "?7";
const BRACKETED_PASTE = "?2004";
const set = (mode: string) => `\x1b[${mode}h`;
const unset = (mode: string) => `\x1b[${mode}l`;

// Without autowrap a terminal that is smaller than it says, or draws a character wider, garbles one row at most.
const ENTER = set(ALTERNATE_SCREEN) + unset(CURSOR) + unset(AUTOWRAP) + set(BRACKETED_PASTE);
// The end of a synchronized update comes first: a terminal must not wait for it in vain.
const LEAVE = `\x1b[?2026l\x1b[m${unset(BRACKETED_PASTE)}${set(AUTOWRAP)}${set(CURSOR)}${unset(ALTERNATE_SCREEN)}`;
const SAVE_TITLE = "\x1b[22;0t";
const RESTORE_TITLE = "\x1b[23;0t";

/** Opens a session on a terminal. Nothing is written or read before `enter`. */
export function openTerminal(options: SessionOptions): TerminalSession {
  const { input, output, capabilities, clock, pace } = options;
  const title = options.title?.replaceAll(/\p{Cc}/gu, "");
  let isEntered = false;
  let goneReason: string | undefined;
  const goneCallbacks: ((reason: string) => void)[] = [];

  const gone = (reason: string) => {
    if (goneReason !== undefined) return;
    goneReason = reason;
    display.stop();
    for (const callback of goneCallbacks.splice(0)) callback(reason);
  };
  const failed = (error: Error) => gone(error.message);

  const display = new Display({ output, clock, pace, depth: capabilities.depth, onError: failed });
  const stdout = createFrameStream(display, (frame) => display.show(frame));
  const stdin = createKeyStream(input);

  output.on("resize", () => {
    display.resize();
    stdout.emit("resize");
  });
  output.on("error", failed);
  output.on("close", () => gone("the terminal was closed"));
  input.on("error", failed);
  for (const end of ["end", "close"]) input.on(end, () => gone("the terminal's input has ended"));

  /** A terminal may vanish at any moment; what is told then does not matter, and must not throw. */
  function tell(bytes: string, isRaw: boolean): void {
    try {
      input.setRawMode?.(isRaw);
      if (goneReason !== undefined) return;
      if (output.writeSync) output.writeSync(bytes);
      else output.write(bytes);
    } catch (error) {
      failed(error instanceof Error ? error : new Error(String(error)));
    }
  }

  return {
    capabilities,
    stdout,
    stdin,
    get columns() {
      return display.columns;
    },
    get rows() {
      return display.rows;
    },
    get stats() {
      return display.stats;
    },
    enter() {
      const naming = title && !isEntered ? `${SAVE_TITLE}\x1b]0;${title}\x07` : "";
      tell(naming + ENTER, true);
      if (!isEntered) {
        input.pipe(stdin, { end: false });
        input.ref?.();
      }
      isEntered = true;
      if (goneReason === undefined) display.start();
    },
    leave() {
      if (!isEntered) return;
      isEntered = false;
      display.stop();
      tell(LEAVE + (title ? RESTORE_TITLE : ""), false);
      input.unpipe(stdin);
      // Paused and unreferenced, it does not keep the process running.
      input.pause();
      input.unref?.();
    },
    settled: () => display.settled(),
    addPainter: (painter) => display.addPainter(painter),
    requestDraw: () => display.requestDraw(),
    redraw: () => display.redraw(),
    setDepth: (depth) => display.setDepth(depth),
    onGone(callback) {
      if (goneReason === undefined) goneCallbacks.push(callback);
      else callback(goneReason);
    },
  };
}
