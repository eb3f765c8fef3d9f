import { build } from "hdr-histogram-js";
import { HDR_SETTINGS, HDR_SETTINGS_IN_WORDS } from "../hdr-settings.ts";
import type { Contender, Series } from "./types.ts";

class HdrSeries implements Series {
  readonly histogram = build(HDR_SETTINGS);

  recordAll(latencies: Float64Array): void {
    const { histogram } = this;
    for (let n = 0; n < latencies.length; n++) histogram.recordValue(Math.round(latencies[n]! * 1000));
  }

  percentiles(percents: readonly number[]): readonly number[] {
    return percents.map((percent) => this.histogram.getValueAtPercentile(percent) / 1000);
  }
}

export const hdrHistogram: Contender = {
  name: "hdr-histogram-js",
  settings: HDR_SETTINGS_IN_WORDS,
  promisedError: 1,
  fewer: 1,
  create(count) {
    const series = Array.from({ length: count }, () => new HdrSeries());
    const ownBytes = () => series.reduce((sum, one) => sum + one.histogram.estimatedFootprintInBytes, 0);
    return { series, ownBytes };
  },
};
