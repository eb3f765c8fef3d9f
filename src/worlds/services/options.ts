import { z } from "zod";
import type { Link } from "../../core/entity.ts";
import { lazy } from "../../core/lazy.ts";
import { list } from "../../core/list.ts";
import {
  DAY_MS,
  duration,
  HOUR_MS,
  percent,
  percentUpTo,
  ratio,
  WEEK_MS,
  whole,
} from "../../core/quantity.ts";
import { endpointsSchema } from "./endpoints.ts";
import { type LatencyModelName, latencyModels } from "./models/index.ts";

const modelNames = Object.keys(latencyModels) as LatencyModelName[];
/** The longest list of calls or publishes of one service. */
const MOST_LINKS = 1000;

const callSchema = lazy(() =>
  z.strictObject({
    service: z.string().min(1).describe("name of the called service"),
    probability: ratio().default(1).describe("share of the requests that make this call, 0..1"),
    timeout: duration(1, HOUR_MS).default(1000).describe("timeout of one attempt"),
    retries: z.int().min(0).max(5).default(1).describe("further attempts after a failed one, 0 to 5"),
  }),
);

const publishSchema = lazy(() =>
  z.strictObject({
    to: z.string().min(1).describe("name of the receiving entity, such as a queue"),
    probability: ratio().default(1).describe("share of the requests that publish a message, 0..1"),
    on_failure: z
      .enum(["fail", "ignore"])
      .default("fail")
      .describe("whether a request fails when its message is refused"),
  }),
);

const spikesSchema = lazy(() =>
  z.strictObject({
    every: duration(1000, WEEK_MS).default(120_000).describe("mean time from one spike to the next"),
    factor: z
      .number()
      .min(1)
      .max(100)
      .default(1.2)
      .describe("factor by which service times grow; 1 turns spikes off"),
    lasts: duration(100, DAY_MS).default(2000).describe("mean length of a spike"),
  }),
);

const failuresSchema = lazy(() =>
  z.strictObject({
    every: duration(1000, WEEK_MS).default(240_000).describe("mean time from one failure phase to the next"),
    error_rate: ratio().default(0.07).describe("additional share of requests that fail during a phase, 0..1"),
    lasts: duration(100, DAY_MS).default(25_000).describe("mean length of a failure phase"),
  }),
);

/** The options of one simulated service, in config spelling; all keys but `base_latency` have defaults. */
export const simOptionsSchema = lazy(() =>
  z.strictObject({
    model: z.enum(modelNames).default("normal").describe("distribution of the service time"),
    base_latency: duration(1, HOUR_MS).describe(
      "median service time, without waiting and calls; the latency of an endpoint multiplies it",
    ),
    deviation: z
      .number()
      .min(0)
      .max(2)
      .default(0.3)
      .describe("spread of the service time, as a share of base_latency"),
    error_rate: ratio().default(0).describe("share of requests that fail without faults, 0..1"),
    failed_checks: ratio().default(0).describe("share of health checks that fail, 0..1"),
    rate: z.number().min(0).max(100_000).default(20).describe("requests per second from outside"),
    capacity: z
      .number()
      .positive()
      .max(10_000_000)
      .optional()
      .describe(
        "requests per second it can serve, all endpoints together; default 3 times the usual arrivals, at least 20",
      ),
    workers: whole(1, 100_000)
      .optional()
      .describe(
        "requests it works on at the same time, all instances together; default capacity x mean service time, rounded up",
      ),
    backlog: whole(0, 1_000_000)
      .optional()
      .describe(
        "requests that may wait for a worker, first in, first out; further ones are refused; default 3 seconds of the capacity",
      ),
    interval: duration(10, DAY_MS).default(200).describe("time between two steps of the simulation"),
    endpoints: endpointsSchema()
      .default([])
      .describe("endpoints of the service, each with its own metrics; faults affect all of them"),
    instances: whole(1, 100)
      .default(1)
      .describe("instances that share the requests evenly; with 2 or more each has its own metrics"),
    calls: list(callSchema(), MOST_LINKS)
      .default([])
      .describe("services that a request calls in parallel, after its own work"),
    publishes: list(publishSchema(), MOST_LINKS)
      .default([])
      .describe("messages that a request publishes after its own work, to entities of another world"),
    cpu: percent().default(10).describe("processor use when idle, percent"),
    memory: percentUpTo(80).default(40).describe("memory use without a leak, percent"),
    spikes: spikesSchema().prefault({}).describe("phases of longer service times"),
    failures: failuresSchema().optional().describe("phases in which more requests fail; default none"),
  }),
);

export type SimOptions = z.output<ReturnType<typeof simOptionsSchema>>;
export type SimOptionsInput = z.input<ReturnType<typeof simOptionsSchema>>;

/** The links of a service with these options. */
export function serviceLinks({ calls, publishes }: SimOptions): Link[] {
  return [
    ...calls.map(({ service }): Link => ({ type: "calls", to: service })),
    ...publishes.map(({ to }): Link => ({ type: "publishes", to })),
  ];
}
