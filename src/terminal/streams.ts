import { Transform, Writable } from "node:stream";
import { createPasteGuard } from "./paste-guard.ts";

/** Where a terminal's keys come from: a TTY, or the channel of a remote session. */
export interface TerminalInput extends NodeJS.ReadableStream {
  setRawMode?(isRaw: boolean): unknown;
  ref?(): unknown;
  unref?(): unknown;
}

/** Where a terminal's bytes go. Emits "resize" after `columns` and `rows` have changed. */
export interface TerminalOutput extends NodeJS.WritableStream {
  readonly columns?: number;
  readonly rows?: number;
  readonly writableNeedDrain?: boolean;
  /** Writes at once, where `write` would only begin to: what gives the terminal back must get out. Throws. */
  writeSync?(text: string): void;
}

/** What Ink takes for its standard output. Emits "resize". */
export interface FrameStream extends NodeJS.WritableStream {
  readonly isTTY: true;
  readonly columns: number;
  readonly rows: number;
}

/** What Ink takes for its standard input. */
export interface KeyStream extends NodeJS.ReadableStream {
  readonly isTTY: true;
  setRawMode(isRaw: boolean): void;
  ref(): void;
  unref(): void;
}

/**
 * In its debug mode Ink writes each frame whole and in one piece. Beside frames it writes "" to wait for
 * what went before, and mode switches (cursor, bracketed paste) that belong to the session here.
 */
const MODE_SWITCHES = /^(?:\x1b\[[?<>=][\d;]*[a-zA-Z])*$/;

/** A stream for Ink to write to, which hands on complete frames. */
export function createFrameStream(
  size: { readonly columns: number; readonly rows: number },
  onFrame: (frame: string) => void,
): FrameStream {
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      if (!MODE_SWITCHES.test(chunk)) onFrame(chunk);
      done();
    },
  });
  Object.defineProperties(stream, {
    isTTY: { value: true },
    columns: { get: () => size.columns },
    rows: { get: () => size.rows },
  });
  return stream as Writable & FrameStream;
}

/**
 * A stream for Ink to read keys from. Raw mode belongs to the session, which sets it before Ink is there
 * and takes it back after Ink has gone.
 */
export function createKeyStream(input: TerminalInput): KeyStream & Transform {
  const guard = createPasteGuard();
  const decoder = new TextDecoder();
  const stream = new Transform({
    decodeStrings: false,
    encoding: "utf8",
    transform(chunk: string | Uint8Array, _encoding, done) {
      const text = typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
      done(null, guard(text));
    },
  });
  return Object.assign(stream, {
    isTTY: true as const,
    setRawMode: () => {},
    ref: () => void input.ref?.(),
    unref: () => void input.unref?.(),
  });
}
