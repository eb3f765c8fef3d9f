import { type FSWatcher, watch } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Cancel, Clock } from "../core/clock.ts";

/** The file system functions needed to watch a file. */
export interface FileEvents {
  /**
   * Calls `listener` whenever anything in the directory changes. Never throws, even without the directory.
   */
  watchDirectory(directory: string, listener: () => void): Cancel;
  /** The file that a path resolves to; the path itself if there is none. */
  resolve(path: string): Promise<string>;
  /** Changes whenever the file is written or replaced; undefined if there is none. Never rejects. */
  stamp(path: string): Promise<string | undefined>;
}

/** Editors write in several steps; wait this long after the last one, ms. */
export const SETTLE_MS = 100;

/**
 * Calls `onChange` after each edit of the file. Watches the directory, because most editors write a new file
 * and rename it over the old one; for a symbolic link, also the directory of its target. A deleted file is
 * not a change: editors recreate it. Returns a function that stops watching.
 */
export function watchConfig(
  path: string,
  clock: Clock,
  onChange: () => void,
  files: FileEvents = nodeFiles,
): Cancel {
  let ended = false;
  let cancelSettling: Cancel = () => {};
  let known: Promise<string | undefined> = files.stamp(path);

  const settle = () => {
    cancelSettling();
    cancelSettling = clock.after(SETTLE_MS, compare);
  };
  const compare = () => {
    const before = known;
    const now = files.stamp(path);
    known = Promise.all([before, now]).then(([old, stamp]) => {
      if (stamp !== undefined && stamp !== old && !ended) onChange();
      return stamp ?? old;
    });
  };

  const cancels = [files.watchDirectory(dirname(path), settle)];
  void files.resolve(path).then((target) => {
    if (!ended && dirname(target) !== dirname(path))
      cancels.push(files.watchDirectory(dirname(target), settle));
  });
  return () => {
    ended = true;
    cancelSettling();
    for (const cancel of cancels) cancel();
  };
}

/** The file system of the machine. */
export const nodeFiles: FileEvents = {
  watchDirectory(directory, listener) {
    let watcher: FSWatcher | undefined;
    try {
      watcher = watch(directory, listener);
      // Removing the directory ends the watch; the active config stays.
      watcher.on("error", () => watcher?.close());
    } catch {
      return () => {};
    }
    return () => watcher.close();
  },
  resolve: (path) => realpath(path).catch(() => path),
  stamp: (path) =>
    stat(path, { bigint: true }).then(
      ({ ino, size, mtimeNs }) => `${ino}/${size}/${mtimeNs}`,
      () => undefined,
    ),
};
