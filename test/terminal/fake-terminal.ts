import { PassThrough, Writable } from "node:stream";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import type { Capabilities } from "../../src/terminal/capabilities.ts";
import { openTerminal, type SessionOptions } from "../../src/terminal/session.ts";
import { createTerminal, feed } from "./xterm.ts";

const CAPABILITIES: Capabilities = { depth: "truecolor", unicode: true, dumb: false, background: undefined };

/** A terminal that accepts bytes immediately, or while `stalls` is set only on request. */
class FakeOutput extends Writable {
  columns = 20;
  rows = 4;
  stalls = false;
  readonly taken: string[] = [];
  #waiting: (() => void) | undefined;

  constructor() {
    super({ decodeStrings: false, highWaterMark: 16 });
  }

  override _write(chunk: string, _encoding: string, done: (error?: Error | null) => void): void {
    this.taken.push(chunk);
    if (this.stalls) this.#waiting = done;
    else done();
  }

  /** Accepts pending writes and all later ones. */
  async resume(): Promise<void> {
    this.stalls = false;
    const done = this.#waiting;
    this.#waiting = undefined;
    done?.();
    await new Promise(setImmediate);
  }

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.emit("resize");
  }
}

/** A session on a fake terminal and a virtual clock. */
export function createFakeTerminal(options: Partial<SessionOptions> = {}) {
  const clock = createVirtualClock();
  const output = new FakeOutput();
  const rawModes: boolean[] = [];
  const input = Object.assign(new PassThrough(), { setRawMode: (isRaw: boolean) => rawModes.push(isRaw) });
  const session = openTerminal({ input, output, capabilities: CAPABILITIES, clock, ...options });
  return {
    clock,
    output,
    input,
    session,
    rawModes,
    /** Runs pending draws and returns the output since the last call. */
    async drawn(): Promise<string> {
      clock.runUntil(clock.now());
      await new Promise(setImmediate);
      clock.runUntil(clock.now());
      return output.taken.splice(0).join("");
    },
    /** The screen of a real terminal of that size after these bytes. */
    async shown(bytes: string) {
      const terminal = createTerminal(output.columns, output.rows);
      await feed(terminal, bytes);
      return terminal;
    },
  };
}
