import { type FSWatcher, watch } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Cancel, Clock } from "../core/clock.ts";

/** What watching a file needs from a file system. */
export interface FileEvents {
  /** Calls `listener` whenever anything in the directory changes. Never throws, even without the directory. */
  watchDirectory(directory: string, listener: () => void): Cancel;
  /** The file a path leads to once links are followed; the path itself when there is none. */
  resolve(path: string): Promise<string>;
  /** Differs whenever the file was written or replaced; undefined when there is none. Never rejects. */
  stamp(path: string): Promise<string | undefined>;
}

/** Editors write in several steps; this long after the last of them the file is whole, ms. */
export const SETTLE_MS = 100;

/**
 * Calls `onChange` after each edit of the file. Its directory is watched, not the file, because most editors
 * write a new file and rename it over the old one; where the path is a link, the directory it leads to as well.
 * A file that disappears is not a change: it will be back. Returns what ends the watching.
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

/** The real file system. */
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
