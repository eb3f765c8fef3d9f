import { isAbsolute, resolve } from "node:path";
import type { CliIo } from "./io.ts";

/**
 * The absolute path of a file that the command line names. The current directory is read for relative paths
 * only, because it can have been deleted.
 */
export function resolvePath(io: Pick<CliIo, "cwd">, path: string): string {
  return isAbsolute(path) ? path : resolve(io.cwd, path);
}
