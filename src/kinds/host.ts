import type { EntityKind } from "../core/entity.ts";
import type { Metric } from "../core/metric.ts";
import { CPU_MEASURE, MEMORY_MEASURE } from "./service.ts";
import { CPU, MEMORY } from "./service-metrics.ts";

/** Mean number of runnable processes over the last minute. */
export const LOAD = {
  name: "load",
  type: "gauge",
  unit: "none",
  description: "runnable processes, mean over the last minute",
  min: 0,
} as const satisfies Metric;

/** The event loop delay of this process. */
export const EVENT_LOOP_DELAY = {
  name: "event_loop_delay",
  type: "gauge",
  unit: "ms",
  description: "longest delay of Faultline's own event loop",
  min: 0,
} as const satisfies Metric;

/** A machine. */
export const host: EntityKind = {
  kind: "host",
  title: "hosts",
  description: "a machine, with processor, memory and load",
  metrics: [CPU, MEMORY, LOAD, EVENT_LOOP_DELAY],
  measures: [
    CPU_MEASURE,
    MEMORY_MEASURE,
    {
      id: "load",
      title: "load",
      unit: "none",
      description: LOAD.description,
      worse: "up",
      read: { type: "statistic", metric: LOAD.name, stat: "last" },
    },
    {
      id: "event_loop_delay",
      title: "event loop delay",
      unit: "ms",
      description: EVENT_LOOP_DELAY.description,
      worse: "up",
      read: { type: "statistic", metric: EVENT_LOOP_DELAY.name, stat: "last" },
    },
  ],
  columns: [
    { measure: "cpu", heading: "cpu", width: 5, priority: 0 },
    { measure: "memory", heading: "memory", width: 6, priority: 1 },
    { measure: "load", heading: "load", width: 6, priority: 2 },
    { measure: "event_loop_delay", heading: "loop ms", width: 7, priority: 3 },
  ],
  headline: "cpu",
  bars: ["memory", "load"],
  compared: ["cpu", "memory", "load"],
};
