import { AlertEngine } from "../alerts/engine.ts";
import { type Catalog, catalog as everything } from "../catalog/index.ts";
import { createActiveFaults } from "../faults/active.ts";
import { createStore, tiersFor } from "../store/index.ts";
import { MonitorLoop, type MonitorOptions, type MonitorParts } from "./loop.ts";

export type { MonitorOptions, MonitorParts } from "./loop.ts";

/** Default parts, all in memory. @param tickMs the tick of the config: the store's slots divide it */
export function createParts(catalog: Catalog = everything, tickMs?: number): MonitorParts {
  return {
    catalog,
    store: createStore(tickMs === undefined ? {} : { tiers: tiersFor(tickMs) }),
    faults: createActiveFaults(catalog.faults),
    alerts: new AlertEngine(),
  };
}

/** Creates a monitor without starting it. */
export function createMonitor(
  options: MonitorOptions,
  parts: MonitorParts = createParts(everything, options.config.tickMs),
): MonitorLoop {
  return new MonitorLoop(parts, options);
}
