import { fstatSync, openSync, readSync } from "node:fs";

/** The fields of /proc/self/stat after the name of the program. */
const PROCESS_GROUP = 2;
const CONTROLLING_TERMINAL = 4;
const FOREGROUND_GROUP = 5;

/**
 * Whether this process is in the foreground of the terminal behind a descriptor, so that it may draw, read
 * keys and change the mode. Always true on systems without /proc, which stop a process that does so in the
 * background, and for a terminal that does not control this process.
 * @returns a function that takes a few microseconds
 */
export function foregroundCheck(fd: number): () => boolean {
  let stat: number;
  let device: number;
  try {
    stat = openSync("/proc/self/stat", "r");
    device = fstatSync(fd).rdev;
  } catch {
    return () => true;
  }
  const buffer = Buffer.alloc(1_024);
  return () => {
    try {
      return isForeground(buffer.toString("latin1", 0, readSync(stat, buffer, 0, buffer.length, 0)), device);
    } catch {
      return true;
    }
  };
}

/**
 * @param stat the text of /proc/PID/stat. The name of the program is in parentheses and can contain any
 *   character
 * @param device the device number of the terminal
 */
export function isForeground(stat: string, device: number): boolean {
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  if (fields[CONTROLLING_TERMINAL] !== device) return true;
  return fields[FOREGROUND_GROUP] === fields[PROCESS_GROUP];
}
