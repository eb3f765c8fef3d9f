import { basename } from "node:path";
import { loadConfig } from "../config/load-config.ts";
import type { ConfigProblem } from "../config/types.ts";
import { watchConfig } from "../config/watch.ts";
import type { Cancel, Clock } from "../core/clock.ts";
import type { Monitor } from "../monitor/types.ts";

export interface ReloadOptions {
  readonly monitor: Monitor;
  readonly clock: Clock;
  readonly path: string;
  /** Display name. */
  readonly name: string;
  /** From the command line; it overrides every version of the file. */
  readonly seed: number | undefined;
}

/**
 * Applies every edit of the config to the monitor. An invalid config is rejected with its first problem, and
 * the old one stays active. Returns a function that stops it.
 */
export function followConfig({ monitor, clock, path, name, seed }: ReloadOptions): Cancel {
  let newest = 0;
  let ended = false;
  const cancel = watchConfig(path, clock, async () => {
    newest += 1;
    const turn = newest;
    const result = await loadConfig(path);
    // A slow read of an older edit must not overwrite a newer one.
    if (ended || turn !== newest) return;
    if (result.ok) monitor.reconfigure(seed === undefined ? result.config : { ...result.config, seed });
    else {
      const [first, ...others] = result.problems.map((problem) => reasonFirst(name, problem));
      monitor.refuseConfig(others.length > 0 ? `${first} (and ${others.length} more)` : first!);
    }
  });
  return () => {
    ended = true;
    cancel();
  };
}

/** The reason comes first: on a narrow screen the end of the line is cut. */
function reasonFirst(name: string, { message, line, column }: ConfigProblem): string {
  return `${message} (${basename(name)}:${line}:${column})`;
}
