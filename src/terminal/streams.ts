import { Transform, Writable } from "node:stream";
import { createPasteGuard } from "./paste-guard.ts";

/** The key input of a terminal: a TTY or the channel of a remote session. */
export interface TerminalInput extends NodeJS.ReadableStream {
  setRawMode?(isRaw: boolean): unknown;
  ref?(): unknown;
  unref?(): unknown;
}

/** The output of a terminal. Emits "resize" after `columns` and `rows` have changed. */
export interface TerminalOutput extends NodeJS.WritableStream {
  readonly columns?: number;
  readonly rows?: number;
  readonly writableNeedDrain?: boolean;
  /** Writes synchronously, to restore the terminal before the process ends. Throws. */
  writeSync?(text: string): void;
}

/** The stream that Ink uses as stdout. Emits "resize". */
export interface FrameStream extends NodeJS.WritableStream {
  readonly isTTY: true;
  readonly columns: number;
  readonly rows: number;
}

/** The stream that Ink uses as stdin. */
export interface KeyStream extends NodeJS.ReadableStream {
  readonly isTTY: true;
  setRawMode(isRaw: boolean): void;
  ref(): void;
  unref(): void;
}

/**
 * In debug mode Ink writes each frame in one piece. It also writes "" to wait for earlier output, and mode
 * switches (cursor, bracketed paste), which the session controls here.
 */
const MODE_SWITCHES = /^(?:\x1b\[[?<>=][\d;]*[a-zA-Z])*$/;

/** A stream for Ink to write to. It passes on complete frames. */
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
 * A stream for Ink to read keys from. The session controls raw mode: it sets it before Ink starts and resets
 * it after Ink ends.
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
