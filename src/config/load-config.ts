import type { KeptConfigs } from "./kept-configs.ts";
import { loadConfigWith } from "./load.ts";
import { preparedConfig } from "./prepared.ts";
import type { ConfigResult } from "./types.ts";

/**
 * Reads a config file. Never rejects: an unreadable file is reported as a problem.
 * @param kept where a parsed config is looked up first, and kept
 */
export function loadConfig(path: string, kept?: KeptConfigs): Promise<ConfigResult> {
  return loadConfigWith(async (text) => {
    const known = preparedConfig(text) ?? kept?.get(path, text);
    if (known !== undefined) return { ok: true, config: known };
    // Loaded on demand: YAML and the schemas take a third of the time to the first frame, and only configs
    // that were not parsed before need them.
    const { isSimulated, parseConfig } = await import("./config.ts");
    const result = parseConfig(text);
    // Real sources can have passwords and tokens among their options, which are not copied anywhere.
    if (result.ok && isSimulated(result.config)) kept?.put(path, text, result.config);
    return result;
  }, path);
}
