import { type FSWatcher, watch } from "node:fs";
import { lstat, readlink, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Cancel } from "../core/clock.ts";

/** An entry of a directory that a path leads through. */
export interface Step {
  readonly directory: string;
  /** Changes when the directory is replaced by another of the same name. */
  readonly identity: string;
  readonly name: string;
}

/** The file system functions needed to watch a file. */
export interface FileEvents {
  /**
   * Calls `listener` with the name of what changes in the directory, or null if that is unknown. Never throws,
   * even without the directory.
   */
  watchDirectory(directory: string, listener: (name: string | null) => void): Cancel;
  /**
   * The entries whose change makes the path lead elsewhere: the file, its directory, and symbolic links with
   * what they point to. Never rejects.
   */
  steps(path: string): Promise<readonly Step[]>;
  /**
   * Changes whenever the file is written or replaced, or the path leads to another; undefined if there is none.
   * Never rejects.
   */
  stamp(path: string): Promise<string | undefined>;
}

/** As many links as Linux follows. */
const MAX_LINKS = 40;

/** The file system of the machine. */
export const nodeFiles: FileEvents = {
  watchDirectory(directory, listener) {
    let watcher: FSWatcher | undefined;
    try {
      watcher = watch(directory, { persistent: false }, (_, name) => listener(name));
      // Removing the directory ends the watch; the active config stays.
      watcher.on("error", () => watcher?.close());
    } catch {
      return () => {};
    }
    return () => watcher.close();
  },
  steps: stepsOf,
  stamp: (path) =>
    stat(path, { bigint: true }).then(
      ({ dev, ino, size, mtimeNs, ctimeNs }) => `${dev}/${ino}/${size}/${mtimeNs}/${ctimeNs}`,
      () => undefined,
    ),
};

async function stepsOf(path: string): Promise<Step[]> {
  const steps: Step[] = [];
  let links = 0;
  /** Follows a path from the root; adds its links, its last part and the directory of that. */
  const walk = async (target: string): Promise<void> => {
    const parts = target.split("/").filter((part) => part !== "");
    let directory = "/";
    for (const [index, name] of parts.entries()) {
      const entry = join(directory, name);
      const link = await readlink(entry).catch(() => undefined);
      if (link !== undefined || index >= parts.length - 2) steps.push(await stepOf(directory, name));
      if (link !== undefined) {
        links += 1;
        if (links > MAX_LINKS) return;
        return walk(resolve(directory, link, ...parts.slice(index + 1)));
      }
      directory = entry;
    }
  };
  await walk(resolve(path));
  return steps;
}

async function stepOf(directory: string, name: string): Promise<Step> {
  const identity = await lstat(directory).then(
    ({ dev, ino }) => `${dev}/${ino}`,
    () => "none",
  );
  return { directory, identity, name };
}
