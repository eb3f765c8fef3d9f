import { readdirSync, readFileSync } from "node:fs";

/** The unit of /proc/PID/stat on Linux, hundredths of a second. */
const TICK_MS = 10;

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // The process has just ended.
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

/** A process and all its descendants. */
function family(pid: number): number[] {
  const children = threads(pid).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`).split(" ").filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(family)];
}

/** utime + stime + cutime + cstime: all threads, including ended ones, and waited-for children. */
function coarseCpu(pid: number): number {
  // The name, in parentheses, can contain any character.
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, "")
    .split(" ");
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * TICK_MS;
}

/** CPU time of the living threads in nanoseconds, if the kernel reports it. */
function fineCpu(pid: number): number {
  const times = threads(pid).map((thread) => read(`/proc/${pid}/task/${thread}/schedstat`).split(" ")[0]);
  return times.reduce((sum, ns) => sum + Number(ns), 0) / 1e6;
}

/** CPU time of a process and its children since their start, ms. */
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
 * CPU time between two readings, ms. Uses the fine counter, unless threads or children ended in between and
 * their time is missing; then the coarse one, with a resolution of 10 ms.
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
