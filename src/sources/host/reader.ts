import { readFileSync } from "node:fs";
import { cpus, freemem, loadavg, totalmem } from "node:os";
import { monitorEventLoopDelay } from "node:perf_hooks";

/** Time that all processors together have spent since the machine started, ms. */
export interface CpuTimes {
  readonly idle: number;
  readonly total: number;
}

/** Memory of the machine, bytes. */
export interface Memory {
  readonly total: number;
  /** Memory that programs can still allocate. */
  readonly available: number;
}

/** Measures the delay of this program's event loop. */
export interface LoopWatch {
  /** The longest delay since the last call, ms. */
  take(): number;
  stop(): void;
}

/** What the host source reads from the machine; replaced in tests. */
export interface HostReader {
  cpuTimes(): CpuTimes;
  memory(): Memory;
  /** Load average of the last minute; 0 on Windows, which has none. */
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
        // The histogram holds the time between its own timer calls, ns, so the resolution is no delay.
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
 * calls free: caches are released when a program needs memory, and counting them as used would show every
 * healthy machine as nearly full. Undefined when the text contains neither.
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
