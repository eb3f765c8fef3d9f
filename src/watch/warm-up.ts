import type { Catalog } from "../catalog/index.ts";
import type { Config, OriginConfig } from "../config/types.ts";
import type { Cancel, Clock } from "../core/clock.ts";
import { createWarmUpClock, type WarmUpClock } from "../core/warm-up-clock.ts";
import type { MonitorLoop } from "../monitor/loop.ts";

/** How much of a simulated past there is when the screen goes live, ms. */
export const WARM_UP_MS = 60_000;
/** The minute of more entities than this would take too long to simulate. */
const MOST_ENTITIES = 200;
/** For so long the screen may stand still between two slices, ms. */
const SLICE_MS = 12;

/** Whether an origin is simulated in this process. */
export function isSimulated(catalog: Catalog, { type, kind }: OriginConfig): boolean {
  return type === "world" || catalog.sources.get(kind)?.simulated === true;
}

/** The clock of a monitor that begins with a simulated minute; undefined where there is none to be simulated. */
export function warmUpClockFor(config: Config, catalog: Catalog, clock: Clock): WarmUpClock | undefined {
  const isWorthIt =
    config.entities.length <= MOST_ENTITIES && config.origins.some((origin) => isSimulated(catalog, origin));
  return isWorthIt ? createWarmUpClock(clock, WARM_UP_MS) : undefined;
}

/**
 * Simulates the minute before the present in slices, so that keys are answered meanwhile; then the monitor
 * observes real things too. Returns what ends it.
 */
export function warmUp(monitor: MonitorLoop, warm: WarmUpClock, clock: Clock): Cancel {
  let cancel: Cancel = () => {};
  const slice = () => {
    if (warm.catchUp(SLICE_MS)) {
      monitor.log("simulated the minute before the start");
      monitor.start();
    } else cancel = clock.after(0, slice);
  };
  slice();
  return () => cancel();
}
