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
  /** Window title during the session; unchanged if undefined. */
  readonly title?: string | undefined;
  readonly pace?: Pace | undefined;
  /** Asked before every update; false while another program uses the terminal. */
  readonly mayDraw?: (() => boolean) | undefined;
}

/** A session on one terminal, local or remote, from setup to restore. */
export interface TerminalSession {
  readonly capabilities: Capabilities;
  /** Columns, 1..1000. */
  readonly columns: number;
  /** Rows, 1..500. */
  readonly rows: number;
  /**
   * For Ink's `stdout`; each write is a complete frame. After "resize" nothing is drawn until the next
   * frame. Give Ink `debug: true` with it (frames whole and unthrottled), and never `alternateScreen`.
   */
  readonly stdout: FrameStream;
  /**
   * For Ink's `stdin`. Pastes are marked: mount `usePaste` together with `useInput`, else they arrive as
   * keys.
   */
  readonly stdin: KeyStream;
  readonly stats: DrawingStats;
  /** Sets up the terminal. Call again after `leave` or `release`, or after a stopped process continues. */
  enter(): void;
  /** Stops drawing and reading without touching the terminal, which another program uses. */
  release(): void;
  /** Restores the terminal. Idempotent; only writes, so it can be called while the process exits. */
  leave(): void;
  /** Resolves when the terminal has accepted all updates; await it before `leave` if possible. */
  settled(): Promise<void>;
  /** Adds a painter for a live region over the frame. Returns a function that removes it. */
  addPainter(painter: Painter): () => void;
  /** Requests an update because the content of a painter has changed. */
  requestDraw(): void;
  /** Clears the terminal and redraws it. */
  redraw(): void;
  /** Writes a sequence that changes no cell, such as the bell, between two updates; not while it is left. */
  writeSequence(sequence: string): void;
  /** Changes the colour depth and redraws. */
  setDepth(depth: ColorDepth): void;
  /** Calls back once, with the reason, when the terminal is lost: hung up, disconnected, closed. */
  onLost(callback: (reason: string) => void): void;
}

const ALTERNATE_SCREEN = "?1049";
const CURSOR = "?25";
const AUTOWRAP = "?7";
const BRACKETED_PASTE = "?2004";
const set = (mode: string) => `\x1b[${mode}h`;
const unset = (mode: string) => `\x1b[${mode}l`;

// Without autowrap, a terminal that is smaller than reported or draws a character wider garbles at most one
// row.
const ENTER = set(ALTERNATE_SCREEN) + unset(CURSOR) + unset(AUTOWRAP) + set(BRACKETED_PASTE);
// End a synchronized update first, or the terminal would wait for its end.
const LEAVE = `\x1b[?2026l\x1b[m${unset(BRACKETED_PASTE)}${set(AUTOWRAP)}${set(CURSOR)}${unset(ALTERNATE_SCREEN)}`;
const SAVE_TITLE = "\x1b[22;0t";
const RESTORE_TITLE = "\x1b[23;0t";

/** Opens a session on a terminal. Nothing is written or read before `enter`. */
export function openTerminal(options: SessionOptions): TerminalSession {
  const { input, output, capabilities, clock, pace } = options;
  const title = options.title?.replaceAll(/\p{Cc}/gu, "");
  let isEntered = false;
  let isRaw = false;
  let isReading = false;
  let lostReason: string | undefined;
  const lostCallbacks: ((reason: string) => void)[] = [];

  const lost = (reason: string) => {
    if (lostReason !== undefined) return;
    lostReason = reason;
    display.stop();
    for (const callback of lostCallbacks.splice(0)) callback(reason);
  };
  const failed = (error: Error) => lost(error.message);

  const display = new Display({
    output,
    clock,
    pace,
    depth: capabilities.depth,
    mayDraw: options.mayDraw,
    onError: failed,
  });
  const stdout = createFrameStream(display, (frame) => display.show(frame));
  const stdin = createKeyStream(input);

  output.on("resize", () => {
    display.resize();
    stdout.emit("resize");
  });
  output.on("error", failed);
  output.on("close", () => lost("the terminal was closed"));
  input.on("error", failed);
  for (const end of ["end", "close"]) input.on(end, () => lost("the terminal's input has ended"));

  /** A terminal can disconnect at any time: whatever these calls fail with, the session is lost, not more. */
  function attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      failed(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** A shell can have changed the mode of the terminal, which the input stream does not notice: set it anew. */
  function setRaw(wanted: boolean): void {
    if (isRaw) attempt(() => input.setRawMode?.(false));
    if (wanted) attempt(() => input.setRawMode?.(true));
    isRaw = wanted;
  }

  function read(wanted: boolean): void {
    if (wanted === isReading) return;
    isReading = wanted;
    if (wanted) {
      input.pipe(stdin, { end: false });
      input.ref?.();
    } else {
      input.unpipe(stdin);
      // Paused and unreferenced, the input does not keep the process running.
      input.pause();
      input.unref?.();
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
      const setTitle = title && !isEntered ? `${SAVE_TITLE}\x1b]0;${title}\x07` : "";
      isEntered = true;
      setRaw(true);
      // In the order of all output: a terminal that takes none now must not get a frame without this.
      if (lostReason === undefined) attempt(() => output.write(setTitle + ENTER));
      read(true);
      if (lostReason === undefined) display.start();
    },
    release() {
      display.stop();
      read(false);
    },
    leave() {
      if (!isEntered) return;
      isEntered = false;
      display.stop();
      // Also when the session is lost: the input can be another terminal than the output.
      const bytes = LEAVE + (title ? RESTORE_TITLE : "");
      attempt(() => (output.writeSync ? output.writeSync(bytes) : output.write(bytes)));
      setRaw(false);
      read(false);
    },
    settled: () => display.settled(),
    addPainter: (painter) => display.addPainter(painter),
    requestDraw: () => display.requestDraw(),
    redraw: () => display.redraw(),
    writeSequence(sequence) {
      if (isEntered && lostReason === undefined) attempt(() => output.write(sequence));
    },
    setDepth: (depth) => display.setDepth(depth),
    onLost(callback) {
      if (lostReason === undefined) lostCallbacks.push(callback);
      else callback(lostReason);
    },
  };
}
