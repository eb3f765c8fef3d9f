import { DDSketch } from "@datadog/sketches-js";
import type { Contender, Series } from "./types.ts";

class DatadogSeries implements Series {
  private readonly sketch = new DDSketch({ relativeAccuracy: 0.01 });

  recordAll(latencies: Float64Array): void {
    const { sketch } = this;
    for (let n = 0; n < latencies.length; n++) sketch.accept(latencies[n]!);
  }

  percentiles(percents: readonly number[]): readonly number[] {
    return percents.map((percent) => this.sketch.getValueAtQuantile(percent / 100));
  }
}

/** Buckets by logarithm in a dense store that grows. */
export const datadogSketch: Contender = {
  name: "@datadog/sketches-js",
  settings: "DDSketch, relativeAccuracy 0.01 (its default)",
  promisedError: 1,
  fewer: 1,
  create: (count) => ({ series: Array.from({ length: count }, () => new DatadogSeries()) }),
};
