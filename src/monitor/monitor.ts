import { createAlertLifecycle } from "../alerts/lifecycle.ts";
import { type Catalog, catalog as everything } from "../catalog/index.ts";
import { createActiveFaults } from "../faults/active.ts";
import { createStore } from "../store/index.ts";
import { MonitorLoop, type MonitorOptions, type MonitorParts } from "./loop.ts";

export type { MonitorOptions, MonitorParts } from "./loop.ts";

/** Default parts, all in memory. */
export function createParts(catalog: Catalog = everything): MonitorParts {
  return {
    catalog,
    store: createStore(),
    faults: createActiveFaults(catalog.faults),
    alerts: createAlertLifecycle(),
  };
}

/** Creates a monitor without starting it. */
export function createMonitor(options: MonitorOptions, parts: MonitorParts = createParts()): MonitorLoop {
  return new MonitorLoop(parts, options);
}
