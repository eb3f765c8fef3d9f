import { constants, fstatSync, openSync, readdirSync, statSync, write, writeSync } from "node:fs";

/** Writes to a terminal. */
export interface DescriptorIo {
  /**
   * Writes without blocking this thread, in one or more calls: `written` can be less than all. EAGAIN if the
   * terminal takes nothing now.
   */
  readonly write: (
    bytes: Uint8Array,
    done: (error: NodeJS.ErrnoException | null, written: number) => void,
  ) => void;
  /** The same in one call, for output before the process ends; undefined if it could block for ever. */
  readonly writeNow: ((bytes: Uint8Array) => number) | undefined;
  /** Blocks this thread, ms. */
  readonly sleep: (ms: number) => void;
}

/** A device of its own: no other process shares its state, and a write that would block fails at once. */
const FLAGS = constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/**
 * Opens the terminal behind a descriptor a second time, in non-blocking mode, which the first descriptor
 * cannot be given: the shell shares it. Where this is not permitted (another user's terminal after `sudo`),
 * a thread waits for the terminal instead.
 */
export function openTtyDescriptor(fd: number): DescriptorIo {
  const own = reopen(fd);
  if (own === undefined) {
    return { write: (bytes, done) => write(fd, bytes, done), writeNow: undefined, sleep };
  }
  return {
    write: (bytes, done) => {
      let written: number;
      try {
        written = writeSync(own, bytes);
      } catch (error) {
        done(error as NodeJS.ErrnoException, 0);
        return;
      }
      done(null, written);
    },
    writeNow: (bytes) => writeSync(own, bytes),
    sleep,
  };
}

function reopen(fd: number): number | undefined {
  for (const path of [`/proc/self/fd/${fd}`, devicePath(fd)]) {
    try {
      if (path !== undefined) return openSync(path, FLAGS);
    } catch {
      // Not on this system, or not permitted.
    }
  }
  return undefined;
}

/** The name of a terminal on systems without /proc: the device in /dev with the same number. */
function devicePath(fd: number): string | undefined {
  try {
    const { rdev } = fstatSync(fd);
    const names = readdirSync("/dev").filter((name) => name.startsWith("tty"));
    return names.map((name) => `/dev/${name}`).find((path) => statSync(path).rdev === rdev);
  } catch {
    return undefined;
  }
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
