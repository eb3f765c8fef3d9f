import { type Catalog, isSimulated } from "../catalog/index.ts";
import type { Config } from "../config/types.ts";
import type { Cancel, Clock } from "../core/clock.ts";
import { createWarmUpClock, type WarmUpClock } from "../core/warm-up-clock.ts";
import type { MonitorLoop } from "../monitor/loop.ts";

/** The length of the simulated past when the screen goes live, ms. */
export const WARM_UP_MS = 60_000;
/** With more entities the simulation of a minute would take too long. */
const MAX_ENTITIES = 200;
/** The maximum time the screen is blocked per slice, ms. */
const SLICE_MS = 12;

/** The clock of a monitor that starts with a simulated minute; undefined if nothing is simulated. */
export function warmUpClockFor(config: Config, catalog: Catalog, clock: Clock): WarmUpClock | undefined {
  const isWorthIt =
    config.entities.length <= MAX_ENTITIES && config.origins.some((origin) => isSimulated(catalog, origin));
  return isWorthIt ? createWarmUpClock(clock, WARM_UP_MS) : undefined;
}

/**
 * Simulates the minute before the start in slices, so that keys are handled meanwhile; then the real origins
 * are opened. Returns a function that stops it.
 * @param onLive called when the present is reached
 */
export function warmUp(monitor: MonitorLoop, warm: WarmUpClock, clock: Clock, onLive: () => void): Cancel {
  let cancel: Cancel = () => {};
  const slice = () => {
    if (warm.catchUp(SLICE_MS)) {
      monitor.log("simulated the minute before the start");
      monitor.start();
      onLive();
    } else cancel = clock.after(0, slice);
  };
  slice();
  return () => cancel();
}
