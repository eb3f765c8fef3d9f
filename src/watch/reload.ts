import { formatProblem } from "../config/format.ts";
import { loadConfig } from "../config/load-config.ts";
import { watchConfig } from "../config/watch.ts";
import type { Cancel, Clock } from "../core/clock.ts";
import type { Monitor } from "../monitor/types.ts";

export interface ReloadOptions {
  readonly monitor: Monitor;
  readonly clock: Clock;
  readonly path: string;
  /** As people know it. */
  readonly name: string;
  /** What the command line said; it outlives every edit of the file. */
  readonly seed: number | undefined;
}

/**
 * Hands every edit of the config to the monitor. A wrong one is refused with its first problem and the
 * old one stays in force. Returns what ends that.
 */
export function followConfig({ monitor, clock, path, name, seed }: ReloadOptions): Cancel {
  let newest = 0;
  let ended = false;
  const cancel = watchConfig(path, clock, async () => {
    newest += 1;
    const turn = newest;
    const result = await loadConfig(path);
    // A slower reading of an older edit must not overtake a newer one.
    if (ended || turn !== newest) return;
    if (result.ok) monitor.reconfigure(seed === undefined ? result.config : { ...result.config, seed });
    else {
      const [first, ...others] = result.problems.map((problem) => formatProblem(name, problem));
      monitor.refuseConfig(others.length > 0 ? `${first} (and ${others.length} more)` : first!);
    }
  });
  return () => {
    ended = true;
    cancel();
  };
}
