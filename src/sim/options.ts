import { z } from "zod";
import { duration, percent, ratio } from "../core/quantity.ts";
import { endpointsSchema } from "./endpoints.ts";
import { type LatencyModelName, latencyModels } from "./models/index.ts";

const modelNames = Object.keys(latencyModels) as LatencyModelName[];

const callSchema = z.strictObject({
  service: z.string().min(1).describe("the service that is called"),
  probability: ratio.default(1).describe("share of the requests that make this call, 0..1"),
  timeout: duration(1).default(1000).describe("how long an attempt is waited for"),
  retries: z.int().min(0).max(5).default(1).describe("further attempts after a failed one, 0 to 5"),
});

const spikesSchema = z.strictObject({
  every: duration(1000).default(120_000).describe("mean time from one spike to the next"),
  factor: z
    .number()
    .min(1)
    .max(100)
    .default(1.2)
    .describe("how many times as long work takes, 1 for no spikes"),
  lasts: duration(100).default(2000).describe("mean length of a spike"),
});

const failuresSchema = z.strictObject({
  every: duration(1000).default(240_000).describe("mean time from one bad phase to the next"),
  error_rate: ratio.default(0.07).describe("share of requests that fail in a bad phase, on top, 0..1"),
  lasts: duration(100).default(25_000).describe("mean length of a bad phase"),
});

/** How one simulated service behaves. Config spelling; every key but `base_latency` has a default. */
export const simOptionsSchema = z.strictObject({
  model: z.enum(modelNames).default("normal").describe("distribution of the time its own work takes"),
  base_latency: duration(1).describe(
    "middle of the time its own work takes, without the calls it makes; an endpoint's latency multiplies it",
  ),
  deviation: z.number().min(0).max(2).default(0.3).describe("spread of that time, a share of base_latency"),
  error_rate: ratio.default(0).describe("share of requests that fail by themselves, 0..1"),
  failed_checks: ratio.default(0).describe("share of health checks that fail, 0..1"),
  rate: z.number().min(0).max(100_000).default(20).describe("requests a second that arrive from outside"),
  capacity: z
    .number()
    .positive()
    .optional()
    .describe(
      "requests a second it can serve, all endpoints together; default 3 times what usually arrives, at least 20",
    ),
  interval: duration(10).default(200).describe("time from one beat of the simulation to the next"),
  endpoints: endpointsSchema
    .default([])
    .describe("what its requests are for, each with numbers of its own; faults meet all of them alike"),
  instances: z
    .int("must be a whole number from 1 to 100")
    .min(1, "must be a whole number from 1 to 100")
    .max(100, "must be a whole number from 1 to 100")
    .default(1)
    .describe("instances that share its requests evenly; from 2 on each has numbers of its own"),
  calls: z.array(callSchema).default([]).describe("the services that a request calls, all at the same time"),
  cpu: percent.default(10).describe("processor use when idle, percent"),
  memory: percent
    .max(80, "must be a percentage from 0 to 80")
    .default(40)
    .describe("memory use without a leak, percent"),
  spikes: spikesSchema.prefault({}).describe("phases in which its own work takes longer"),
  failures: failuresSchema.optional().describe("phases in which more requests fail; default none"),
});

export type SimOptions = z.output<typeof simOptionsSchema>;
export type SimOptionsInput = z.input<typeof simOptionsSchema>;
