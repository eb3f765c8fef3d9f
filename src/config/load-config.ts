import type { Clock } from "../core/clock.ts";
import { loadRegexEngine } from "../core/regex.ts";
import { loadEngines } from "./engines.ts";
import type { KeptConfigs } from "./kept-configs.ts";
import { loadConfigWith } from "./load.ts";
import { mayUseRegex } from "./may-use-regex.ts";
import { preparedConfig } from "./prepared.ts";
import type { ConfigResult } from "./types.ts";

/** A text up to this length is parsed in about the time that a thread takes to start, characters. */
const SMALL = 65_536;

export interface LoadOptions {
  /** For the deadline of a config that is parsed on a thread. */
  readonly clock: Clock;
  /** True while a screen is drawn: then even a small text is parsed on a thread. */
  readonly drawing?: boolean;
  /** How long checking it may take, ms; default: see BUDGET. */
  readonly longestMs?: number | undefined;
  /** Where a parsed config is looked up first, and kept. */
  readonly kept?: KeptConfigs | undefined;
}

/** Reads a config file. Never rejects: an unreadable file is reported as a problem. */
export function loadConfig(
  path: string,
  { clock, drawing = false, longestMs, kept }: LoadOptions,
): Promise<ConfigResult> {
  return loadConfigWith(async (text) => {
    const known = preparedConfig(text) ?? kept?.get(path, text);
    if (mayUseRegex(text)) await loadRegexEngine();
    if (known !== undefined) return { ok: true, config: known };
    // Aliases make a small text stand for a large config.
    const isSmall = text.length <= SMALL && !text.includes("*");
    if (drawing || !isSmall) {
      const { BUDGET, parseOffThread } = await import("./off-thread.ts");
      return parseOffThread(
        text,
        clock,
        longestMs === undefined ? BUDGET : { ...BUDGET, deadlineMs: longestMs },
      );
    }
    // Loaded on demand: YAML and the schemas take a third of the time to the first frame, and only configs
    // that were not parsed before need them.
    const { isSimulated, parseConfig } = await import("./config.ts");
    await loadEngines(text);
    const result = parseConfig(text);
    // Real sources and channels can have passwords and tokens among their options, which are not copied anywhere.
    if (result.ok && isSimulated(result.config) && result.config.notify === undefined)
      kept?.put(path, text, result.config);
    return result;
  }, path);
}
