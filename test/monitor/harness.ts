import type { Catalog } from "../../src/catalog/index.ts";
import { parseConfig } from "../../src/config/config.ts";
import type { Config } from "../../src/config/types.ts";
import { createVirtualClock, type VirtualClock } from "../../src/core/virtual-clock.ts";
import {
  createMonitor,
  createParts,
  type MonitorOptions,
  type MonitorParts,
} from "../../src/monitor/monitor.ts";
import type { EntitySnapshot, Monitor } from "../../src/monitor/types.ts";

/** Parses a config; problems fail the test. */
export function configOf(text: string): Config {
  const result = parseConfig(text);
  if (!result.ok)
    throw new Error(result.problems.map(({ line, message }) => `${line}: ${message}`).join("\n"));
  return result.config;
}

/** Two stable services, one of which calls the other, so that only the actions of a test have effects. */
export const CALM = `
window: 5s
services:
  - { name: front, base_latency: 20ms, rate: 40, error_rate: 0, calls: [{ service: back, timeout: 2s, retries: 0 }] }
  - { name: back, base_latency: 40ms, rate: 10, error_rate: 0 }
`;

export interface MonitorHarness {
  readonly monitor: Monitor;
  readonly clock: VirtualClock;
  /** Advances virtual time. */
  run(seconds: number): void;
  entity(name: string): EntitySnapshot;
  texts(): string[];
}

/** A monitor that runs on virtual time. */
export function startMonitor(
  text: string = CALM,
  catalog?: Catalog,
  parts?: MonitorParts,
  options: Pick<MonitorOptions, "notifier"> = {},
): MonitorHarness {
  const clock = createVirtualClock();
  const config = configOf(text);
  const monitor = createMonitor(
    { config, configName: "test.yaml", clock, live: false, ...options },
    parts ?? createParts(catalog, config.tickMs),
  );
  monitor.start();
  return {
    monitor,
    clock,
    run: (seconds) => clock.runUntil(clock.now() + seconds * 1000),
    entity: (name) => monitor.snapshot().entities.find((entity) => entity.name === name)!,
    texts: () => monitor.snapshot().events.map((event) => event.text),
  };
}
