import { longtail } from "./longtail.ts";
import { normal } from "./normal.ts";
import type { LatencyModel } from "./types.ts";

/** All latency models, by name. */
export const latencyModels = { normal, longtail } satisfies Record<string, LatencyModel>;

export type LatencyModelName = keyof typeof latencyModels;
