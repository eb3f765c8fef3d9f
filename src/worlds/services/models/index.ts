import { longtail } from "./longtail.ts";
import { normal } from "./normal.ts";
import type { LatencyModel } from "./types.ts";

/** Every latency model, under its name. */
export const latencyModels = { normal, longtail } satisfies Record<string, LatencyModel>;

export type LatencyModelName = keyof typeof latencyModels;
