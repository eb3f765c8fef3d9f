import { writeSync } from "node:fs";
import type { Writable } from "node:stream";
import type { Cancel } from "../core/clock.ts";

/** An output for text that is not drawn: a pipe, a file, or a terminal without a screen. */
export interface LineOutput {
  /** Never throws; the first error is kept, and what is written after it is dropped. */
  write(text: string): void;
  /** The first error. */
  readonly failure: Error | undefined;
  /** The length of what the reader has not accepted yet. */
  readonly waiting: number;
  /** Calls back once if the output fails, at once if it has failed. */
  onFailure(listener: () => void): Cancel;
  /** Resolves when everything was accepted, or the output has failed. */
  flushed(): Promise<void>;
}

/** Writes bytes to a descriptor and returns how many were written, as in Node. Throws. */
export type WriteBytes = (fd: number, bytes: Uint8Array) => number;

function failable(): {
  failure: Error | undefined;
  fail(error: Error): void;
  on(listener: () => void): Cancel;
} {
  const listeners = new Set<() => void>();
  const state = {
    failure: undefined as Error | undefined,
    fail(error: Error) {
      if (state.failure !== undefined) return;
      state.failure = error;
      for (const listener of listeners) listener();
    },
    on(listener: () => void) {
      if (state.failure !== undefined) listener();
      else listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return state;
}

/** The output through a stream: pipes, sockets and terminals. */
export function streamOutput(stream: Writable): LineOutput {
  const state = failable();
  stream.on("error", state.fail);
  return {
    write(text) {
      if (state.failure === undefined) stream.write(text, (error) => error && state.fail(error));
    },
    get failure() {
      return state.failure;
    },
    get waiting() {
      return stream.writableLength;
    },
    onFailure: state.on,
    flushed: () =>
      new Promise((resolve) => {
        state.on(resolve);
        if (state.failure === undefined) stream.write("", () => resolve());
      }),
  };
}

/**
 * The output to a file or a device. Node's own stream for files loses the rest of a write that a nearly full
 * disk accepts in part, without an error.
 */
export function fileOutput(fd: number, write: WriteBytes = writeSync): LineOutput {
  const state = failable();
  return {
    write(text) {
      if (state.failure !== undefined) return;
      try {
        let rest: Uint8Array = Buffer.from(text);
        while (rest.length > 0) rest = rest.subarray(write(fd, rest));
      } catch (error) {
        state.fail(error instanceof Error ? error : new Error(String(error)));
      }
    },
    get failure() {
      return state.failure;
    },
    waiting: 0,
    onFailure: state.on,
    flushed: () => Promise.resolve(),
  };
}

/** A reader that ended early (`faultline snapshot | head`) is not an error. */
export function isClosedByReader(error: Error): boolean {
  return ["EPIPE", "ECONNRESET", "ERR_STREAM_DESTROYED"].includes(codeOf(error));
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "no space left on the device; free some, or write elsewhere",
  EDQUOT: "the disk quota is used up; free some space, or write elsewhere",
  EFBIG: "the file would be too large; write elsewhere",
  EIO: "the device failed; write elsewhere",
  EBADF: "it is closed, or open for reading only; write elsewhere",
  EISDIR: "it is a directory; write to a file",
};

/** One sentence that says what to do. */
export function unwritable(error: Error): string {
  return `the output cannot be written: ${REASONS[codeOf(error)] ?? error.message}`;
}

function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : "";
}
