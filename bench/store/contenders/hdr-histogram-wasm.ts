import { build, initWebAssemblySync } from "hdr-histogram-js";
import { HDR_SETTINGS, HDR_SETTINGS_IN_WORDS } from "../hdr-settings.ts";
import type { Contender, Series } from "./types.ts";

class WasmSeries implements Series {
  readonly histogram = build({ ...HDR_SETTINGS, useWebAssembly: true });

  recordAll(latencies: Float64Array): void {
    const { histogram } = this;
    for (let n = 0; n < latencies.length; n++) histogram.recordValue(Math.round(latencies[n]! * 1000));
  }

  percentiles(percents: readonly number[]): readonly number[] {
    return percents.map((percent) => this.histogram.getValueAtPercentile(percent) / 1000);
  }
}

/** The same library's second implementation. Its loop is written out again for the compiler: see Series. */
export const hdrHistogramWasm: Contender = {
  name: "hdr-histogram-js, WASM",
  settings: `${HDR_SETTINGS_IN_WORDS}, useWebAssembly`,
  promisedError: 1,
  fewer: 1,
  create(count) {
    initWebAssemblySync();
    const series = Array.from({ length: count }, () => new WasmSeries());
    const ownBytes = () => series.reduce((sum, one) => sum + one.histogram.estimatedFootprintInBytes, 0);
    return { series, ownBytes };
  },
};
