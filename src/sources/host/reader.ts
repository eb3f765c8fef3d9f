import { readFileSync } from "node:fs";
import { cpus, freemem, loadavg, totalmem } from "node:os";
import { monitorEventLoopDelay } from "node:perf_hooks";

/** Time that all processors together have spent since the machine began, ms. */
export interface CpuTimes {
  readonly idle: number;
  readonly total: number;
}

/** bytes */
export interface Memory {
  readonly total: number;
  /** What programs could still get. */
  readonly available: number;
}

/** Watches how late this program's event loop is. */
export interface LoopWatch {
  /** The longest delay since it was last asked, ms. */
  take(): number;
  stop(): void;
}

/** All that the host source asks of the machine; replaced in tests. */
export interface HostReader {
  cpuTimes(): CpuTimes;
  memory(): Memory;
  /** Mean number of programs that ran or wanted to, over the last minute; 0 on Windows, which has none. */
  load(): number;
  watchLoop(): LoopWatch;
}

const LOOP_RESOLUTION_MS = 20;

/** This machine. */
export const machine: HostReader = {
  cpuTimes() {
    let idle = 0;
    let total = 0;
    for (const { times } of cpus()) {
      idle += times.idle;
      total += times.user + times.nice + times.sys + times.idle + times.irq;
    }
    return { idle, total };
  },
  memory() {
    return parseMeminfo(readMeminfo()) ?? { total: totalmem(), available: freemem() };
  },
  load: () => loadavg()[0] ?? 0,
  watchLoop() {
    const delays = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
    delays.enable();
    return {
      take() {
        // It measures the time between its own beats, ns, so the resolution itself is no delay.
        const longest = delays.max / 1e6 - LOOP_RESOLUTION_MS;
        delays.reset();
        return Math.max(0, longest);
      },
      stop: () => void delays.disable(),
    };
  },
};

function readMeminfo(): string {
  try {
    return readFileSync("/proc/meminfo", "utf8");
  } catch {
    // Only Linux has it.
    return "";
  }
}

/**
 * Memory from the text of Linux's /proc/meminfo (proc_meminfo(5)). MemAvailable and not what `os.freemem`
 * calls free: caches are given back when a program needs them, and counting them as used would show every
 * healthy machine as nearly full. Undefined when the text says neither.
 */
export function parseMeminfo(text: string): Memory | undefined {
  const bytes = (key: string) => {
    const match = new RegExp(`^${key}:\\s+(\\d+) kB$`, "m").exec(text);
    return match ? Number(match[1]) * 1024 : undefined;
  };
  const total = bytes("MemTotal");
  const available = bytes("MemAvailable");
  return total === undefined || available === undefined ? undefined : { total, available };
}
