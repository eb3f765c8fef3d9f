import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "./types.ts";

/** With more entities a config is parsed anew: each has its limits, and reading them back takes as long. */
const MAX_ENTITIES = 200;

/** What a file of the folder contains. */
interface Kept {
  /** The build that parsed it; another one may parse it differently. */
  readonly build: string;
  readonly text: string;
  readonly config: Config;
}

/**
 * Parsed configs that outlive the process, one file per config path: the YAML parser and the schemas take a
 * third of the time to the first frame. An entry is used only for the same text and the same build of the
 * program, so it is never stale.
 */
export class KeptConfigs {
  private readonly folder: string;
  private readonly build: string;

  /**
   * @param folder exists, and belongs to the user: what is in it is believed. The program uses the folder in
   *   which Node keeps its compiled code.
   */
  constructor(folder: string, build: string) {
    this.folder = folder;
    this.build = build;
  }

  /** The parsed config at `path` if it was kept with this text. Never throws. */
  get(path: string, text: string): Config | undefined {
    try {
      const kept = JSON.parse(readFileSync(this.fileOf(path), "utf8")) as Partial<Kept> | null;
      return kept?.build === this.build && kept.text === text ? kept.config : undefined;
    } catch {
      // None, or one that was cut short: it is parsed again.
      return undefined;
    }
  }

  /** Keeps a config. Never throws: without it the next start takes longer, and no more. */
  put(path: string, text: string, config: Config): void {
    if (config.entities.length > MAX_ENTITIES) return;
    const kept = JSON.stringify({ build: this.build, text, config } satisfies Kept);
    const file = this.fileOf(path);
    const unfinished = `${file}.new`;
    try {
      // Whole or not at all, and only for this user.
      writeFileSync(unfinished, kept, { mode: 0o600 });
      renameSync(unfinished, file);
    } catch {
      // A full or read-only disk.
    }
  }

  private fileOf(path: string): string {
    return join(this.folder, `faultline-config-${hashOf(path)}.json`);
  }
}

/** FNV-1a with 32 bits, in hexadecimal. Two paths with the same hash take turns. */
function hashOf(path: string): string {
  let hash = 0x811c9dc5;
  for (let nth = 0; nth < path.length; nth++) {
    hash = Math.imul(hash ^ path.charCodeAt(nth), 0x01000193);
  }
  return (hash >>> 0).toString(16);
}
