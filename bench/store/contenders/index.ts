import { datadogSketch } from "./datadog-sketch.ts";
import { faultline } from "./faultline.ts";
import { faultlineRolling } from "./faultline-rolling.ts";
import { hdrHistogram } from "./hdr-histogram.ts";
import { hdrHistogramWasm } from "./hdr-histogram-wasm.ts";
import { nodeHistogram } from "./node-histogram.ts";
import { openTelemetry } from "./open-telemetry.ts";
import { promClient } from "./prom-client.ts";
import type { Contender } from "./types.ts";

/** In the order of the tables. */
export const CONTENDERS: readonly Contender[] = [
  faultline,
  faultlineRolling,
  datadogSketch,
  hdrHistogram,
  hdrHistogramWasm,
  nodeHistogram,
  openTelemetry,
  promClient,
];
