import { readFileSync } from "node:fs";
import { cpus, freemem, loadavg, totalmem } from "node:os";
import { monitorEventLoopDelay } from "node:perf_hooks";

/** CPU time of all processors since boot, ms. */
export interface CpuTimes {
  readonly idle: number;
  readonly total: number;
}

/** Memory of the machine, bytes. */
export interface Memory {
  readonly total: number;
  /** Memory available to programs. */
  readonly available: number;
}

/** Measures the event loop delay of this process. */
export interface LoopWatch {
  /** The longest delay since the last call, ms. */
  take(): number;
  stop(): void;
}

/** Reads values of the machine; replaced in tests. */
export interface HostReader {
  cpuTimes(): CpuTimes;
  memory(): Memory;
  /** Load average of the last minute; 0 on Windows, which does not report one. */
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
        // The histogram records the time between its timer calls, ns, so subtract the resolution.
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
    // Exists only on Linux.
    return "";
  }
}

/**
 * Parses /proc/meminfo of Linux (proc_meminfo(5)). Uses MemAvailable, because `os.freemem` counts releasable
 * caches as used, and every healthy machine would look nearly full. Undefined if the values are missing.
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
