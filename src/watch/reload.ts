import { basename } from "node:path";
import { loadConfig } from "../config/load-config.ts";
import type { ConfigProblem, ConfigResult } from "../config/types.ts";
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
  let ended = false;
  let isReading = false;
  let isOutdated = false;

  const read = async () => {
    isOutdated = true;
    // One at a time: a file that changes faster than it can be checked is applied as often as possible.
    if (isReading) return;
    isReading = true;
    while (isOutdated && !ended) {
      isOutdated = false;
      const result = await loadConfig(path, { clock, drawing: true });
      if (!ended) apply(result);
    }
    isReading = false;
  };
  const apply = (result: ConfigResult) => {
    if (!result.ok) return monitor.refuseConfig(refusal(name, result));
    monitor.reconfigure(seed === undefined ? result.config : { ...result.config, seed });
  };
  const cancel = watchConfig(path, clock, read);
  return () => {
    ended = true;
    cancel();
  };
}

/** The first problem, and how many more there are. */
function refusal(name: string, { problems, omitted }: ConfigResult & { ok: false }): string {
  const first = reasonFirst(name, problems[0]!);
  const others = problems.length - 1 + (omitted?.count ?? 0);
  if (others === 0) return first;
  return `${first} (and ${omitted?.exact === false ? "at least " : ""}${others} more)`;
}

/** The reason comes first: on a narrow screen the end of the line is cut. */
function reasonFirst(name: string, { message, line, column }: ConfigProblem): string {
  return `${message} (${basename(name)}:${line}:${column})`;
}
