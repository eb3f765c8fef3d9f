import { readdirSync, readFileSync } from "node:fs";

/** Linux counts in /proc/PID/stat in hundredths of a second. */
const TICK_MS = 10;

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // It has just ended.
    return "";
  }
}

function threads(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** A process and all that it started. */
function family(pid: number): number[] {
  const children = threads(pid).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`).split(" ").filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(family)];
}

/** utime + stime + cutime + cstime: all threads, also ended ones, and children that were waited for. */
function coarseCpu(pid: number): number {
  // The name, in parentheses, may hold anything.
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, "")
    .split(" ");
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * TICK_MS;
}

/** Time on a processor of the living threads, to the nanosecond, where the kernel tells it. */
function fineCpu(pid: number): number {
  const times = threads(pid).map((thread) => read(`/proc/${pid}/task/${thread}/schedstat`).split(" ")[0]);
  return times.reduce((sum, ns) => sum + Number(ns), 0) / 1e6;
}

/** CPU of a process with its children since each started, ms. */
export interface CpuReading {
  readonly coarseMs: number;
  readonly fineMs: number;
}

export function readCpu(pid: number): CpuReading {
  const all = family(pid);
  const sum = (cost: (one: number) => number) => all.reduce((total, one) => total + cost(one), 0);
  return { coarseMs: sum(coarseCpu), fineMs: sum(fineCpu) };
}

/**
 * CPU between two readings, ms. The fine counter, unless threads or children ended in between, which
 * takes their time out of it; the coarse one knows better then, though only to 10 ms.
 */
export function cpuBetween(before: CpuReading, after: CpuReading): number {
  const fine = after.fineMs - before.fineMs;
  const coarse = after.coarseMs - before.coarseMs;
  return fine > 0 && Math.abs(coarse - fine) <= 3 * TICK_MS + 0.1 * coarse ? fine : coarse;
}

/** Resident memory of a process with its children, MB (10^6 bytes). */
export function residentMb(pid: number): number {
  const kilobytes = family(pid).map((one) => /VmRSS:\s+(\d+)/.exec(read(`/proc/${one}/status`))?.[1] ?? "0");
  return kilobytes.reduce((sum, kb) => sum + Number(kb), 0) * 1.024e-3;
}
