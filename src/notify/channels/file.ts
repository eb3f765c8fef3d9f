import { accessSync, constants, statSync } from "node:fs";
import { type FileHandle, open, rename } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname } from "node:path";
import { z } from "zod";
import { lazy } from "../../core/lazy.ts";
import { whole } from "../../core/quantity.ts";
import { payloadOf } from "../payload.ts";
import { BODY, TITLE } from "../templates.ts";
import type { ChannelKind, OptionProblem, SendResult } from "../types.ts";

const MIB = 2 ** 20;

const schema = lazy(() =>
  z.strictObject({
    path: z
      .string()
      .regex(/^(\/|~\/).*[^/]$/, "must be an absolute path, or one that begins with ~/")
      .describe("the file; created readable for its owner only"),
    max_size_mb: whole(1, 10_000).default(10).describe("size at which a new file begins, MiB"),
    keep: whole(0, 100).default(3).describe("how many full files are kept, as PATH.1, PATH.2 ..."),
  }),
);

type Options = z.output<ReturnType<typeof schema>>;

const FLAGS = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;

function absolute(path: string): string {
  return path.startsWith("~/") ? `${homedir()}${path.slice(1)}` : path;
}

/** Opens a regular file: a pipe or a device could take the lines away, or block. */
async function openRegular(path: string): Promise<FileHandle> {
  const file = await open(path, FLAGS, 0o600);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw Object.assign(new Error("not a regular file"), { code: "ENXIO" });
}

/** path.2 -> path.3, path.1 -> path.2, path -> path.1; the oldest is overwritten. */
async function rotate(path: string, keep: number): Promise<void> {
  const name = (nth: number) => (nth === 0 ? path : `${path}.${nth}`);
  for (let nth = keep - 1; nth >= 0; nth--) {
    await rename(name(nth), name(nth + 1)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
}

/** Appends one line in one write, and begins a new file before one that would become too large. */
async function append(path: string, line: string, { max_size_mb, keep }: Options): Promise<void> {
  let file = await openRegular(path);
  try {
    const bytes = Buffer.from(line);
    let before = (await file.stat()).size;
    if (before > 0 && before + bytes.length > max_size_mb * MIB) {
      if (keep === 0) await file.truncate();
      await file.close();
      await rotate(path, keep);
      file = await openRegular(path);
      before = (await file.stat()).size;
    }
    const { bytesWritten } = await file.write(bytes);
    if (bytesWritten < bytes.length) {
      // Half a line would spoil the next one.
      await file.truncate(before);
      throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
    }
  } finally {
    await file.close();
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "its folder does not exist",
  EISDIR: "it is a folder",
  ENXIO: "it is not a regular file",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "it is on a read-only file system",
  ENOSPC: "no space left on its device",
  EDQUOT: "the disk quota is exceeded",
};

/** Space can become free, and another folder can be mounted; a wrong path stays wrong. */
const PASSES = new Set([
  "ENOSPC",
  "EDQUOT",
  "EIO",
  "EMFILE",
  "ENFILE",
  "EAGAIN",
  "EBUSY",
  "ESTALE",
  "ETIMEDOUT",
]);

function problemOf(error: unknown): SendResult {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return { ok: false, problem: `cannot write the file: ${WORDS[code] ?? code}`, retry: PASSES.has(code) };
}

function targetProblems({ path }: Options): OptionProblem[] {
  const target = absolute(path);
  try {
    const stat = statSync(target, { throwIfNoEntry: false });
    if (stat !== undefined && !stat.isFile()) return [{ path: ["path"], message: "is not a regular file" }];
    accessSync(stat === undefined ? dirname(target) : target, constants.W_OK);
    return [];
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return [{ path: ["path"], message: `cannot be written: ${WORDS[code] ?? code}` }];
  }
}

/** A file on this machine, for other programs and for the record. */
export const file: ChannelKind<Options> = {
  kind: "file",
  description: "Appends each notification as one line of JSON to a file, which is rotated by size.",
  get schema() {
    return schema();
  },
  example: { name: "record", kind: "file", path: "~/faultline-notifications.jsonl" },
  template: { title: TITLE, body: BODY },
  secrets: [],
  targetProblems,
  preview: (_options, notification, rendered) => JSON.stringify(payloadOf(notification, rendered)),
  open(options) {
    const path = absolute(options.path);
    // One line at a time, so that two never rotate together.
    let last: Promise<unknown> = Promise.resolve();
    return {
      send(notification, rendered, signal) {
        const line = `${JSON.stringify(payloadOf(notification, rendered))}\n`;
        const result = last.then(async (): Promise<SendResult> => {
          if (signal.aborted) return { ok: false, problem: "the file is busy", retry: true };
          try {
            await append(path, line, options);
            return { ok: true };
          } catch (error) {
            return problemOf(error);
          }
        });
        last = result;
        return result;
      },
      close() {},
    };
  },
};
