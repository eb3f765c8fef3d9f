import { write, writeSync } from "node:fs";
import { Writable } from "node:stream";
import type { Clock } from "../core/clock.ts";
import type { TerminalOutput } from "./streams.ts";

/** The part of a TTY stream that is used: its size and its descriptor. */
export interface TtyStream extends NodeJS.EventEmitter {
  readonly fd: number;
  readonly columns: number;
  readonly rows: number;
}

/** Writes to a descriptor; replaced in tests. */
export interface DescriptorIo {
  readonly write: (
    fd: number,
    bytes: Uint8Array,
    done: (error: NodeJS.ErrnoException | null, written: number) => void,
  ) => void;
  readonly writeSync: (fd: number, bytes: Uint8Array) => number;
}

const machine: DescriptorIo = {
  write: (fd, bytes, done) => write(fd, bytes, done),
  writeSync: (fd, bytes) => writeSync(fd, bytes),
};

/** Time until the next attempt after EAGAIN from a non-blocking descriptor, ms. */
const RETRY_MS = 5;
/** Attempts of a synchronous write before a terminal counts as stuck. */
const SYNC_TRIES = 200;

/**
 * A terminal output with asynchronous writes. Node writes to a TTY synchronously: a slow link, or a user who
 * pressed Ctrl-S, would block every timer. Here a thread waits for the terminal, and a write completes once
 * the terminal has accepted it, which gives real back-pressure.
 */
export class TtyOutput extends Writable implements TerminalOutput {
  readonly #tty: TtyStream;
  readonly #clock: Clock;
  readonly #io: DescriptorIo;

  constructor(tty: TtyStream, clock: Clock, io: DescriptorIo = machine) {
    // A terminal gets one update at a time: the next write has to wait.
    super({ highWaterMark: 1 });
    this.#tty = tty;
    this.#clock = clock;
    this.#io = io;
    tty.on("resize", () => this.emit("resize"));
    tty.on("error", (error: Error) => this.destroy(error));
  }

  get columns(): number {
    return this.#tty.columns;
  }

  get rows(): number {
    return this.#tty.rows;
  }

  override _write(chunk: Uint8Array, _encoding: string, done: (error?: Error | null) => void): void {
    this.#io.write(this.#tty.fd, chunk, (error, written) => {
      const rest = error ? chunk : chunk.subarray(written);
      if (error && error.code !== "EAGAIN") done(error);
      else if (rest.length === 0) done();
      else if (error) this.#clock.after(RETRY_MS, () => this._write(rest, _encoding, done));
      else this._write(rest, _encoding, done);
    });
  }

  /**
   * Writes synchronously, for output that must be written before the process ends. Throws the error of the
   * terminal.
   */
  writeSync(text: string): void {
    let rest: Uint8Array = Buffer.from(text);
    for (let tries = 0; rest.length > 0 && tries < SYNC_TRIES; tries++) {
      try {
        rest = rest.subarray(this.#io.writeSync(this.#tty.fd, rest));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      }
    }
  }
}
