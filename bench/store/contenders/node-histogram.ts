import { createHistogram } from "node:perf_hooks";
import type { Contender, Series } from "./types.ts";

class NodeSeries implements Series {
  private readonly histogram = createHistogram({ lowest: 1, highest: 3_600_000_000, figures: 3 });

  recordAll(latencies: Float64Array): void {
    const { histogram } = this;
    // It refuses 0.
    for (let n = 0; n < latencies.length; n++)
      histogram.record(Math.max(1, Math.round(latencies[n]! * 1000)));
  }

  percentiles(percents: readonly number[]): readonly number[] {
    return percents.map((percent) => this.histogram.percentile(percent) / 1000);
  }
}

/** HdrHistogram in C, that comes with Node. */
export const nodeHistogram: Contender = {
  name: "node:perf_hooks",
  settings: "createHistogram, whole us, 1 us to 1 h, figures 3 (its default)",
  promisedError: 0.1,
  fewer: 1,
  nativeMemory: true,
  create: (count) => ({ series: Array.from({ length: count }, () => new NodeSeries()) }),
};
