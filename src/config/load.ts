import { constants, type Stats } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { ConfigProblem, ConfigResult } from "./types.ts";

/** Reads at most `limit` bytes of a file. Rejects with an error that has a `code`, as in Node. */
export type ReadFile = (path: string, limit: number) => Promise<Uint8Array>;

/** More than any config needs. */
export const MAX_CONFIG_BYTES = 1_048_576;

const NOT_REGULAR = "this is not a regular file; use a YAML file";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file; check the path",
  ENOTDIR: "no such file; a part of the path is not a directory",
  EISDIR: "this is a directory; use a YAML file",
  // A socket cannot be opened at all.
  ENXIO: NOT_REGULAR,
  [NOT_REGULAR]: NOT_REGULAR,
  EACCES: "permission denied; check the permissions of this file",
  EPERM: "permission denied; check the permissions of this file",
  ELOOP: "the symbolic links to this file form a loop",
};

/** Reads a config file. Never rejects: an unreadable file is a problem at 1:1. */
export async function loadConfigWith(
  parse: (text: string) => ConfigResult | Promise<ConfigResult>,
  path: string,
  readFile: ReadFile = readStart,
): Promise<ConfigResult> {
  const text = await readTextFile(path, readFile);
  if (typeof text !== "string") return { ok: false, problems: [text] };
  try {
    return await parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return { ok: false, problems: [unreadable(`this config cannot be checked: ${reason}`)] };
  }
}

/** The text of a file that users write. Never rejects: an unreadable file is a problem at 1:1. */
export async function readTextFile(
  path: string,
  readFile: ReadFile = readStart,
): Promise<string | ConfigProblem> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path, MAX_CONFIG_BYTES + 1);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return unreadable(REASONS[code] ?? `this file cannot be read (${code || String(error)})`);
  }
  if (bytes.length > MAX_CONFIG_BYTES) return unreadable("this file is over 1 MiB; a config must be smaller");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return unreadable("this file is not UTF-8 text; save it as UTF-8");
  }
}

function unreadable(message: string): ConfigProblem {
  return { line: 1, column: 1, message };
}

/**
 * Reads a regular file. Opening a named pipe would wait for a writer, and reading a device may never end; even
 * opening one can have effects, so the path is examined before and, because it can be replaced, after opening.
 */
async function readStart(path: string, limit: number): Promise<Uint8Array> {
  assertRegular(await stat(path));
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    assertRegular(await file.stat());
    const buffer = new Uint8Array(limit);
    let length = 0;
    while (length < limit) {
      const { bytesRead } = await file.read(buffer, length, limit - length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.subarray(0, length);
  } finally {
    await file.close();
  }
}

function assertRegular(file: Stats): void {
  if (file.isFile()) return;
  throw Object.assign(new Error(NOT_REGULAR), { code: file.isDirectory() ? "EISDIR" : NOT_REGULAR });
}
