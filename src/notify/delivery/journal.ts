import { constants } from "node:fs";
import { type FileHandle, mkdir, open, readFile, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { type Batch, batchOf, lineOf } from "./journal-lines.ts";

/** A file of this size is rewritten when most of it is out of date, bytes. */
const COMPACT_BYTES = 4 * 1_048_576;
/** It is rewritten at this multiple of what it was after the last time. */
const COMPACT_FACTOR = 4;
/** Written at once while it is rewritten, UTF-16 units. */
const CHUNK = 262_144;
/** A larger file is not read: it was not written by this program, bytes. */
const MOST_BYTES = 512 * 1_048_576;

const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

/** What was read from a journal. */
export interface Replayed {
  readonly batches: readonly Batch[];
  /** Lines that were damaged, besides the last one, which a crash may cut short. */
  readonly damaged: number;
}

/** The batches that make up the present state. */
export type Present = () => Iterable<Batch>;

/**
 * An append-only file of batches of changes. What is appended is kept once the promise is fulfilled: it was written
 * and synchronized. Writes wait for each other and are joined, so that a burst takes few synchronizations. When it
 * has become long, it is rewritten as the present state and replaced at once. Rejects with errors of the disk; then
 * it must be rewritten before more is appended.
 */
export class Journal {
  readonly #path: string;
  readonly #present: Present;
  #file: FileHandle | undefined;
  #waiting: { readonly line: string; readonly done: PromiseWithResolvers<void> }[] = [];
  #working: Promise<void> | undefined;
  #bytes = 0;
  #compactAt = COMPACT_BYTES;

  /** @param present asked synchronously when the file is rewritten; its batches must not change later */
  constructor(path: string, present: Present) {
    this.#path = path;
    this.#present = present;
  }

  /** Reads what is there, oldest first. */
  async replay(): Promise<Replayed> {
    await mkdir(dirname(this.#path), { recursive: true, mode: PRIVATE_FOLDER });
    let text: string;
    try {
      const file = await open(this.#path, constants.O_RDONLY | constants.O_NONBLOCK);
      try {
        const stats = await file.stat();
        if (!stats.isFile()) throw new Error("it is not a regular file");
        if (stats.size > MOST_BYTES) throw new Error("it is too large");
        text = await readFile(file, "utf8");
      } finally {
        await file.close();
      }
    } catch (error) {
      if (isMissing(error)) return { batches: [], damaged: 0 };
      throw error;
    }
    const lines = text.split("\n");
    // Without a line break at its end the last line was cut short.
    lines.pop();
    const batches = lines.map(batchOf);
    const read = batches.filter((batch) => batch !== undefined);
    const isLastDamaged = batches.length > 0 && batches.at(-1) === undefined;
    return { batches: read, damaged: batches.length - read.length - (isLastDamaged ? 1 : 0) };
  }

  /** Keeps a batch. */
  append(batch: Batch): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.#waiting.push({ line: lineOf(batch), done });
    this.#work();
    return done.promise;
  }

  /** Replaces the file by the present state, which contains what still waits to be appended. */
  async rewrite(): Promise<void> {
    while (this.#working !== undefined) await this.#working;
    this.#working = this.#compact().finally(() => {
      this.#working = undefined;
    });
    await this.#working;
    this.#work();
  }

  /** Waits for what was appended, and closes the file. */
  async close(): Promise<void> {
    while (this.#working !== undefined) await this.#working;
    await this.#file?.close();
    this.#file = undefined;
  }

  #work(): void {
    if (this.#working !== undefined || this.#waiting.length === 0) return;
    this.#working = this.#write().finally(() => {
      this.#working = undefined;
      this.#work();
    });
  }

  async #write(): Promise<void> {
    if (this.#bytes > this.#compactAt) {
      try {
        await this.#compact();
      } catch (error) {
        this.#settle(error);
      }
      return;
    }
    const batch = this.#waiting.splice(0);
    try {
      if (this.#file === undefined) throw new Error("the queue is not open");
      const text = batch.map(({ line }) => line).join("");
      await this.#file.appendFile(text);
      await this.#file.datasync();
      this.#bytes += Buffer.byteLength(text);
      for (const { done } of batch) done.resolve();
    } catch (error) {
      for (const { done } of batch) done.reject(error);
    }
  }

  #settle(error: unknown): void {
    for (const { done } of this.#waiting.splice(0)) {
      if (error === undefined) done.resolve();
      else done.reject(error);
    }
  }

  async #compact(): Promise<void> {
    const covered = this.#waiting.splice(0);
    const temporary = `${this.#path}.new`;
    let written: FileHandle | undefined;
    try {
      const batches = [...this.#present()];
      await unlink(temporary).catch(() => {});
      written = await open(temporary, "ax", PRIVATE_FILE);
      const bytes = await writeAll(written, batches);
      await written.sync();
      await rename(temporary, this.#path);
      await syncFolder(dirname(this.#path));
      await this.#file?.close().catch(() => {});
      this.#file = written;
      this.#bytes = bytes;
      this.#compactAt = Math.max(COMPACT_BYTES, COMPACT_FACTOR * bytes);
      for (const { done } of covered) done.resolve();
    } catch (error) {
      await written?.close().catch(() => {});
      await unlink(temporary).catch(() => {});
      for (const { done } of covered) done.reject(error);
      throw error;
    }
  }
}

/** In pieces, so that the program goes on between them. */
async function writeAll(file: FileHandle, batches: readonly Batch[]): Promise<number> {
  let bytes = 0;
  let text = "";
  for (const [nth, batch] of batches.entries()) {
    text += lineOf(batch);
    if (text.length < CHUNK && nth < batches.length - 1) continue;
    await file.appendFile(text);
    bytes += Buffer.byteLength(text);
    text = "";
  }
  return bytes;
}

/** So that the new name is kept too. Not every file system can do it. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY).catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close().catch(() => {});
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
