import type { Clock } from "../../core/clock.ts";
import { formatDuration } from "../../core/text.ts";
import { createVirtualClock } from "../../core/virtual-clock.ts";
import { createMonitor } from "../../monitor/monitor.ts";
import type { Snapshot } from "../../monitor/types.ts";
import type { WatchRequest } from "../../watch/request.ts";

/** With fewer ticks there are too few observations. */
const MIN_TICKS = 60;

/**
 * Simulates the longest window on virtual time, or as much of it as real time allows.
 * @returns the state, and what was not simulated
 */
export function simulate(
  { config, configName }: WatchRequest,
  realClock: Clock,
  deadline: number,
): { readonly snapshot: Snapshot; readonly rest: string | undefined } {
  const clock = createVirtualClock();
  const monitor = createMonitor({ config, configName, clock, live: false });
  const longestWindowMs = config.entities.reduce((longest, { windowMs }) => Math.max(longest, windowMs), 0);
  const wantedMs = Math.max(longestWindowMs, MIN_TICKS * config.tickMs);
  const begin = clock.now();
  monitor.start();
  clock.runUntil(begin + wantedMs, () => realClock.now() >= deadline);
  const snapshot = monitor.snapshot();
  monitor.stop();
  const doneMs = clock.now() - begin;
  if (doneMs >= wantedMs) return { snapshot, rest: undefined };
  return { snapshot, rest: `${formatDuration(doneMs)} of ${formatDuration(wantedMs)} simulated` };
}
