import { z } from "zod";
import type { Cancel } from "../core/clock.ts";
import { lazy } from "../core/lazy.ts";
import { DAY_MS, duration } from "../core/quantity.ts";
import { EVENT_LOOP_DELAY, host as hostKind, LOAD } from "../kinds/host.ts";
import { CPU, MEMORY } from "../kinds/service-metrics.ts";
import { HEARTBEAT } from "../kinds/service-recorder.ts";
import type { Watched } from "../worlds/types.ts";
import { type CpuTimes, type HostReader, machine } from "./host/reader.ts";
import { type EntityContext, openPerEntity } from "./per-entity.ts";
import type { SourceKind } from "./types.ts";

const hostOptions = lazy(() =>
  z.strictObject({
    interval: duration(100, DAY_MS).default(1_000).describe("time between two readings"),
  }),
);

export type HostOptions = z.output<ReturnType<typeof hostOptions>>;

/** The host source; the reader is replaced in tests. */
export function createHostSource(reader: HostReader): SourceKind<HostOptions> {
  return {
    kind: "host",
    description:
      "This machine: processor and memory use in percent, load average of the last minute, and the longest " +
      "event loop delay of Faultline in ms.",
    get schema() {
      return hostOptions();
    },
    example: { name: "this-machine", source: "host", interval: "1s" },
    entityKind: hostKind,
    faultKinds: [],
    actionKinds: [],
    breakable: "it is the machine that Faultline runs on: only simulated entities can be broken",
    simulated: false,
    cadenceMs: (options) => options.interval,
    links: () => [],
    open(watched, context) {
      if (!context.live) return { update: () => {}, stop: () => {} };
      return openPerEntity<HostOptions>(watched, context, "cannot read this machine", (one, guarded) =>
        observeHost(one, reader, guarded),
      );
    },
  };
}

export const host = createHostSource(machine);

function observeHost(
  { entity, recorder }: Watched<HostOptions>,
  reader: HostReader,
  { clock, guard, report }: EntityContext,
): Cancel {
  const cpu = recorder.gauge(CPU);
  const memory = recorder.gauge(MEMORY);
  const load = recorder.gauge(LOAD);
  const loopDelay = recorder.gauge(EVENT_LOOP_DELAY);
  const heartbeat = recorder.lifeSign(HEARTBEAT);
  const loop = reader.watchLoop();
  let before: CpuTimes | undefined;

  function observe(): void {
    const at = clock.now();
    const times = reader.cpuTimes();
    const percent = before && cpuPercent(before, times);
    before = times;
    const { total, available } = reader.memory();
    // The first reading covers no interval, and the mean since boot would be misleading.
    if (percent !== undefined) cpu.set(at, percent);
    if (total > 0) memory.set(at, clampPercent(100 * (1 - available / total)));
    load.set(at, reader.load());
    loopDelay.set(at, loop.take());
    heartbeat.seen(at);
    report(undefined);
  }

  guard(observe)();
  const cancelTimer = clock.every(entity.options.interval, observe);
  return () => {
    cancelTimer();
    loop.stop();
  };
}

/** The busy share between two readings, percent; undefined if the counters did not change or were reset. */
function cpuPercent(before: CpuTimes, now: CpuTimes): number | undefined {
  const total = now.total - before.total;
  return total > 0 ? clampPercent(100 * (1 - (now.idle - before.idle) / total)) : undefined;
}

function clampPercent(value: number): number {
  return Math.min(100, Math.max(0, value));
}
