import type { Cancel, Clock } from "../core/clock.ts";
import { type FileEvents, nodeFiles } from "./file-events.ts";

/** Editors write in several steps; wait this long after the last one, ms. */
export const SETTLE_MS = 100;

/** A file that is written all the time is read this often anyway, ms. */
export const LONGEST_WAIT_MS = 1000;

/** How often the file is examined without any event, ms: not every file system reports every change. */
export const POLL_MS = 2000;

/**
 * Calls `onChange` after each edit of the file. Watches the directories of everything that the path leads
 * through: most editors write a new file and rename it over the old one, and Kubernetes points a symbolic link
 * to another directory. What that is can change with every edit, so it is determined anew. A deleted file is
 * not a change: editors recreate it. Returns a function that stops watching.
 */
export function watchConfig(
  path: string,
  clock: Clock,
  onChange: () => void,
  files: FileEvents = nodeFiles,
): Cancel {
  let ended = false;
  let cancelSettling: Cancel | undefined;
  let unsettledSince = 0;
  let known = files.stamp(path);
  const watches = new Map<string, Cancel>();

  const settle = () => {
    if (ended) return;
    const now = clock.now();
    if (cancelSettling === undefined) unsettledSince = now;
    cancelSettling?.();
    const left = unsettledSince + LONGEST_WAIT_MS - now;
    cancelSettling = clock.after(Math.max(0, Math.min(SETTLE_MS, left)), () => {
      cancelSettling = undefined;
      compare(onChange);
    });
  };

  /** Calls `whenChanged` if the file is another than at the last call. */
  const compare = (whenChanged: () => void) => {
    const before = known;
    const now = files.stamp(path);
    known = Promise.all([before, now]).then(([old, stamp]) => {
      if (stamp === old || ended) return old;
      void follow();
      if (stamp === undefined) return old;
      whenChanged();
      return stamp;
    });
  };

  /** Something without events changed: the file may still be written. Its stamp stays, so `settle` sees it. */
  const poll = () => {
    const before = known;
    void Promise.all([before, files.stamp(path)]).then(([old, stamp]) => {
      if (stamp !== old) void follow().then(settle);
    });
  };

  /** Watches what the path leads through now. */
  const follow = async () => {
    const steps = await files.steps(path);
    if (ended) return;
    const needed = new Map(steps.map((step) => [`${step.directory} ${step.identity} ${step.name}`, step]));
    for (const [key, cancel] of watches) {
      if (needed.has(key)) continue;
      watches.delete(key);
      cancel();
    }
    for (const [key, { directory, name }] of needed) {
      if (watches.has(key)) continue;
      watches.set(
        key,
        files.watchDirectory(directory, (changed) => {
          // Some systems do not tell which file changed.
          if (changed === null || changed === name) settle();
        }),
      );
    }
  };

  void follow();
  const cancelPoll = clock.every(POLL_MS, poll);
  return () => {
    ended = true;
    cancelPoll();
    cancelSettling?.();
    for (const cancel of watches.values()) cancel();
    watches.clear();
  };
}
