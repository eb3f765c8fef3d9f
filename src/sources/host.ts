import { z } from "zod";
import type { Cancel } from "../core/clock.ts";
import { CPU, MEMORY } from "../core/observation.ts";
import { duration } from "../core/quantity.ts";
import { type CpuTimes, type HostReader, machine } from "./host/reader.ts";
import type { SourceContext, SourceKind, Watched } from "./types.ts";

const hostOptions = z.strictObject({
  interval: duration(100).default(1_000).describe("how often to look at the machine"),
});

export type HostOptions = z.output<typeof hostOptions>;

/** Gauges besides cpu and memory (percent): the load of the last minute, and the loop's delay in ms. */
export const LOAD = "load";
export const EVENT_LOOP_DELAY = "event_loop_delay";

/** The host source over any machine. */
export function createHostSource(reader: HostReader): SourceKind<HostOptions> {
  return {
    kind: "host",
    description:
      "This machine: cpu and memory in percent, load over the last minute, and the longest event loop " +
      "delay of this program in ms.",
    schema: hostOptions,
    example: { name: "this-machine", source: "host", interval: "1s" },
    breakable: "it is the machine that Faultline runs on: only simulated services can be broken",
    cadenceMs: (options) => options.interval,
    calls: () => [],
    open(watched, context) {
      if (!context.live) return { stop: () => {} };
      const cancels = watched.map((host) => watchHost(host, reader, context));
      return { stop: () => cancels.forEach((cancel) => void cancel()) };
    },
  };
}

export const host = createHostSource(machine);

function watchHost(
  { service, options, recorder }: Watched<HostOptions>,
  reader: HostReader,
  { clock, report }: SourceContext,
): Cancel {
  const loop = reader.watchLoop();
  let before: CpuTimes | undefined;

  function look(): void {
    const at = clock.now();
    try {
      const times = reader.cpuTimes();
      const cpu = before && cpuPercent(before, times);
      before = times;
      const { total, available } = reader.memory();
      // Without an earlier look there is no share of anything yet; the mean since boot would be a lie.
      if (cpu !== undefined) recorder.gauge(at, CPU, cpu);
      if (total > 0) recorder.gauge(at, MEMORY, clampPercent(100 * (1 - available / total)));
      recorder.gauge(at, LOAD, reader.load());
      recorder.gauge(at, EVENT_LOOP_DELAY, loop.take());
      recorder.heartbeat(at);
      report(service, undefined);
    } catch (error) {
      report(service, `cannot read this machine: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  look();
  const cancelTimer = clock.every(options.interval, look);
  return () => {
    cancelTimer();
    loop.stop();
  };
}

/** The busy share between two looks, percent; undefined when the counters did not move or were set back. */
function cpuPercent(before: CpuTimes, now: CpuTimes): number | undefined {
  const total = now.total - before.total;
  return total > 0 ? clampPercent(100 * (1 - (now.idle - before.idle) / total)) : undefined;
}

function clampPercent(value: number): number {
  return Math.min(100, Math.max(0, value));
}
