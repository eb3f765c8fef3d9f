import { fstatSync, lstatSync, readdirSync, readlinkSync } from "node:fs";

/** The read permission of the owner, in the mode of a link in /proc/PID/fd. */
const CAN_READ = 0o400;

/**
 * Whether a process that reads the pipe behind a descriptor can be seen. Linux reports a pipe without readers
 * only to a process that writes to it or polls it, and Node can poll no pipe that it does not read.
 * @returns a function that costs one look into /proc while the reader lives. It returns false only when a
 *   reader was seen and is gone; another user's processes cannot be seen, so a write has to confirm it
 */
export function pipeReaders(fd: number): () => boolean {
  const target = pipeName(fd);
  let reader = target === undefined ? undefined : findReader(target);
  return () => {
    if (target === undefined || reader === undefined || isReader(reader, target)) return true;
    reader = findReader(target);
    return reader !== undefined;
  };
}

/** `pipe:[12345]`; undefined for anything else, and on systems without /proc. */
function pipeName(fd: number): string | undefined {
  try {
    return fstatSync(fd).isFIFO() ? readlinkSync(`/proc/self/fd/${fd}`) : undefined;
  } catch {
    return undefined;
  }
}

function findReader(target: string): string | undefined {
  for (const pid of entriesOf("/proc")) {
    if (!/^\d+$/.test(pid)) continue;
    for (const fd of entriesOf(`/proc/${pid}/fd`)) {
      const link = `/proc/${pid}/fd/${fd}`;
      if (isReader(link, target)) return link;
    }
  }
  return undefined;
}

function isReader(link: string, target: string): boolean {
  try {
    return readlinkSync(link) === target && (lstatSync(link).mode & CAN_READ) !== 0;
  } catch {
    return false;
  }
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
