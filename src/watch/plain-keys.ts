import type { Cancel, Clock } from "../core/clock.ts";
import type { Host } from "./host.ts";
import { createSuspension } from "./suspend.ts";

/** `q`, also pressed again by the impatient; a pasted text with a q in it is not meant. Ctrl-C and Ctrl-\ end everything. */
const QUIT = /^q+$|[\x03\x1c]/;
const SUSPEND = "\x1a";

/**
 * The keys of a run that prints lines on a terminal: `q` and Ctrl-C quit, Ctrl-Z returns to the shell. Without effect
 * where input or output is not a terminal.
 * @returns a function that restores the terminal
 */
export function readPlainKeys(host: Host, clock: Clock, quit: () => void): Cancel {
  const { input, output, jobs } = host;
  if (input.isTTY !== true || output.isTTY !== true) return () => {};
  let isRaw = false;

  function setRaw(wanted: boolean): void {
    // In the background the mode is the shell's, and setting it would stop this process.
    if (!jobs.inForeground()) return;
    // A shell can have changed the mode: it is set anew. Of a terminal that is gone it cannot be set.
    try {
      if (isRaw) input.setRawMode(false);
      if (wanted) input.setRawMode(true);
    } catch {
      // Then there is nothing to restore.
    }
    isRaw = wanted;
  }

  const keys = {
    enter() {
      setRaw(true);
      input.ref();
      input.resume();
    },
    release() {
      input.pause();
      // It does not keep the process running.
      input.unref();
    },
    leave() {
      setRaw(false);
      keys.release();
    },
  };
  const suspension = createSuspension(keys, jobs, clock);
  const press = (bytes: Uint8Array | string) => {
    const text = bytes.toString();
    if (QUIT.test(text)) quit();
    else if (text.includes(SUSPEND)) suspension.suspend();
  };
  const ends = ["end", "close", "error"] as const;
  input.on("data", press);
  for (const end of ends) input.on(end, quit);
  const cancelAtExit = host.atExit(() => setRaw(false));
  suspension.show();
  return () => {
    cancelAtExit();
    suspension.end();
    input.off("data", press);
    keys.leave();
  };
}
