import { link, readFile, rename, stat, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { kill } from "node:process";

/** Whoever takes over a stale lock holds its guard for less than this, ms. */
const GUARD_MS = 10_000;

/** Who holds a lock. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Tells a process from a later one with the same number; empty where that is not known. */
  readonly startedAt: string;
}

/** A lock that is held until `release`. */
export interface Lock {
  readonly release: () => Promise<void>;
}

let taken = 0;

/**
 * Takes a lock file, also one whose process is gone.
 * @returns the lock, or who holds it. Rejects with errors of the disk
 */
export async function takeLock(path: string, pid: number): Promise<Lock | Holder> {
  const self: Holder = { pid, host: hostname(), startedAt: await startOf(pid) };
  taken += 1;
  const own = `${path}.${pid}.${taken}`;
  await writeFile(own, `${JSON.stringify(self)}\n`, { mode: 0o600 });
  try {
    for (let tries = 0; tries < 3; tries += 1) {
      if (await linked(own, path)) return { release: () => release(path, self) };
      const holder = await holderOf(path);
      if (holder !== undefined && (await isAlive(holder))) return holder;
      await removeStale(path, own, holder);
    }
    return (await holderOf(path)) ?? self;
  } finally {
    await unlink(own).catch(() => {});
  }
}

/** A link is made at once or not at all, with its contents. */
async function linked(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Under a guard, so that of two processes that see the same stale lock none removes the new lock of the other. */
async function removeStale(path: string, own: string, stale: Holder | undefined): Promise<void> {
  const guard = `${path}.guard`;
  if (!(await linked(own, guard))) {
    const { mtimeMs } = await stat(guard).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    const { mtimeMs: now } = await stat(own);
    if (now - mtimeMs > GUARD_MS) await unlink(guard).catch(() => {});
    return;
  }
  try {
    const current = await holderOf(path);
    if (JSON.stringify(current) === JSON.stringify(stale)) await rename(path, `${path}.stale`);
    await unlink(`${path}.stale`);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  } finally {
    await unlink(guard).catch(() => {});
  }
}

async function release(path: string, self: Holder): Promise<void> {
  const holder = await holderOf(path);
  if (holder?.pid === self.pid && holder.startedAt === self.startedAt) await unlink(path).catch(() => {});
}

/** Undefined: no lock, or one that cannot be read. */
async function holderOf(path: string): Promise<Holder | undefined> {
  try {
    const { pid, host, startedAt } = JSON.parse(await readFile(path, "utf8"));
    if (Number.isInteger(pid) && pid > 0) return { pid, host: String(host), startedAt: String(startedAt) };
  } catch {
    // As if it were not there: it is replaced.
  }
  return undefined;
}

/** A process of another machine cannot be seen from here, so it counts as alive. */
async function isAlive({ pid, host, startedAt }: Holder): Promise<boolean> {
  if (host !== hostname()) return true;
  try {
    kill(pid, 0);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
  return startedAt === (await startOf(pid));
}

/** When a process started, in ticks since the start of the machine: Linux only, field 22 of proc(5). */
async function startOf(pid: number): Promise<string> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, "utf8");
    // The name of the program, in parentheses, may contain anything.
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
