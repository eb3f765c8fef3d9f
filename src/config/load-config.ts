import { loadConfigWith, type ReadFile } from "./load.ts";
import { preparedConfig } from "./prepared.ts";
import type { ConfigResult } from "./types.ts";

/** Reads a config file. Never rejects: what cannot be read is a problem like any other. */
export function loadConfig(path: string, readFile?: ReadFile): Promise<ConfigResult> {
  return loadConfigWith(read, path, readFile);
}

async function read(text: string): Promise<ConfigResult> {
  const config = preparedConfig(text);
  if (config !== undefined) return { ok: true, config };
  // YAML and the schemas are a fifth of the way to the first frame: only a config of one's own needs them.
  const { parseConfig } = await import("./config.ts");
  return parseConfig(text);
}
