import { loadConfigWith, type ReadFile } from "./load.ts";
import { preparedConfig } from "./prepared.ts";
import type { ConfigResult } from "./types.ts";

/** Reads a config file. Never rejects: an unreadable file is reported as a problem. */
export function loadConfig(path: string, readFile?: ReadFile): Promise<ConfigResult> {
  return loadConfigWith(read, path, readFile);
}

async function read(text: string): Promise<ConfigResult> {
  const config = preparedConfig(text);
  if (config !== undefined) return { ok: true, config };
  // Loaded on demand: YAML and the schemas take a fifth of the time to the first frame, and only user configs
  // need them.
  const { parseConfig } = await import("./config.ts");
  return parseConfig(text);
}
