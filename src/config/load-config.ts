import { loadConfigWith, type ReadFile } from "./load.ts";
import { preparedConfig } from "./prepared.ts";
import type { ConfigResult } from "./types.ts";

/** Reads a config file. Never rejects: an unreadable file is a problem like any other. */
export function loadConfig(path: string, readFile?: ReadFile): Promise<ConfigResult> {
  return loadConfigWith(read, path, readFile);
}

async function read(text: string): Promise<ConfigResult> {
  const config = preparedConfig(text);
  if (config !== undefined) return { ok: true, config };
  // YAML and the schemas take a fifth of the time to the first frame, and only a user's own config needs them.
  const { parseConfig } = await import("./config.ts");
  return parseConfig(text);
}
