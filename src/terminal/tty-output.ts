import { Writable } from "node:stream";
import type { Clock } from "../core/clock.ts";
import type { TerminalOutput } from "./streams.ts";
import type { DescriptorIo } from "./tty-descriptor.ts";

/** The part of a TTY stream that is used: its size. */
export interface TtyStream extends NodeJS.EventEmitter {
  readonly columns: number;
  readonly rows: number;
}

/** Time until the next attempt after EAGAIN, ms; it doubles up to the longest. */
const RETRY_MS = 5;
const LONGEST_RETRY_MS = 80;
/** The time that a synchronous write waits for a terminal that takes no output, ms. */
const PATIENCE_MS = 200;

/**
 * A terminal output that never blocks. Node writes to a TTY synchronously: a hung link, or a user who pressed
 * Ctrl-S, would block every timer and every signal. Here a write completes once the terminal has accepted it,
 * which gives real back-pressure.
 */
export class TtyOutput extends Writable implements TerminalOutput {
  readonly #tty: TtyStream;
  readonly #clock: Clock;
  readonly #io: DescriptorIo;
  /** Counts the synchronous writes: the rest of an older write is dropped. */
  #generation = 0;
  #isResizing = false;

  constructor(tty: TtyStream, clock: Clock, io: DescriptorIo) {
    // A terminal gets one update at a time: the next write has to wait.
    super({ highWaterMark: 1 });
    this.#tty = tty;
    this.#clock = clock;
    this.#io = io;
    tty.on("resize", () => this.#resized());
    tty.on("error", (error: Error) => this.destroy(error));
  }

  get columns(): number {
    return this.#tty.columns;
  }

  get rows(): number {
    return this.#tty.rows;
  }

  /** While a window is dragged, sizes arrive faster than a large screen can be laid out: only the newest counts. */
  #resized(): void {
    if (this.#isResizing) return;
    this.#isResizing = true;
    this.#clock.after(0, () => {
      this.#isResizing = false;
      this.emit("resize");
    });
  }

  override _write(chunk: Uint8Array, _encoding: string, done: (error?: Error | null) => void): void {
    this.#writeOn(chunk, this.#generation, RETRY_MS, done);
  }

  #writeOn(
    chunk: Uint8Array,
    generation: number,
    retryMs: number,
    done: (error?: Error | null) => void,
  ): void {
    if (generation !== this.#generation) {
      done();
      return;
    }
    this.#io.write(chunk, (error, written) => {
      if (error !== null && !isBusy(error)) done(error);
      else if (written >= chunk.length) done();
      else if (error === null && written > 0) {
        this.#writeOn(chunk.subarray(written), generation, RETRY_MS, done);
      } else {
        const nextMs = Math.min(LONGEST_RETRY_MS, 2 * retryMs);
        this.#clock.after(retryMs, () => this.#writeOn(chunk, generation, nextMs, done));
      }
    });
  }

  /**
   * Writes before it returns, for output that must be written before the process ends or stops; what is still
   * waiting is dropped. A terminal that takes no output is given up after a moment. Throws the error of the
   * terminal.
   */
  writeSync(text: string): void {
    this.#generation += 1;
    let rest: Uint8Array = Buffer.from(text);
    const { writeNow, write, sleep } = this.#io;
    if (writeNow === undefined) {
      // Only a thread may block: give it the time that a working terminal needs.
      write(rest, () => {});
      sleep(PATIENCE_MS / 2);
      return;
    }
    let failure: unknown;
    for (let waitedMs = 0; waitedMs <= PATIENCE_MS; waitedMs += RETRY_MS) {
      try {
        rest = rest.subarray(writeNow(rest));
        failure = undefined;
      } catch (error) {
        // Also after an error that may be temporary: these bytes are not written again.
        failure = error;
        if (GONE.includes((error as NodeJS.ErrnoException).code ?? "")) break;
      }
      if (rest.length === 0) return;
      sleep(RETRY_MS);
    }
    if (failure !== undefined && !isBusy(failure)) throw failure;
  }
}

/** Errors of a terminal that does not come back. */
const GONE = ["EBADF", "EPIPE", "ENXIO", "ENODEV"];

function isBusy(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "EAGAIN" || code === "EINTR";
}
