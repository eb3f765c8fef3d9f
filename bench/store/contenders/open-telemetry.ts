import type { Attributes, Histogram } from "@opentelemetry/api";
import {
  AggregationType,
  DataPointType,
  type ExponentialHistogram,
  MeterProvider,
  MetricReader,
} from "@opentelemetry/sdk-metrics";
import { exponentialPercentile } from "../exponential-percentile.ts";
import type { Contender, Series } from "./types.ts";

class Reader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

class OpenTelemetrySeries implements Series {
  private readonly reader: Reader;
  private readonly histogram: Histogram;
  private readonly attributes: Attributes;

  constructor(reader: Reader, histogram: Histogram, attributes: Attributes) {
    this.reader = reader;
    this.histogram = histogram;
    this.attributes = attributes;
  }

  recordAll(latencies: Float64Array): void {
    const { histogram, attributes } = this;
    for (let n = 0; n < latencies.length; n++) histogram.record(latencies[n]!, attributes);
  }

  async percentiles(percents: readonly number[]): Promise<readonly number[]> {
    const point = await this.collect();
    return percents.map((percent) => exponentialPercentile(point, percent));
  }

  private async collect(): Promise<ExponentialHistogram> {
    const { resourceMetrics } = await this.reader.collect();
    const metric = resourceMetrics.scopeMetrics[0]?.metrics[0];
    if (metric?.dataPointType !== DataPointType.EXPONENTIAL_HISTOGRAM) throw new Error("nothing collected");
    const mine = metric.dataPoints.find(({ attributes }) => attributes.service === this.attributes.service);
    if (mine === undefined) throw new Error("no data point of this series");
    return mine.value;
  }
}

/** Buckets whose width doubles until what was seen fits into 160 of them. It has no percentiles of its own. */
export const openTelemetry: Contender = {
  name: "@opentelemetry/sdk-metrics",
  settings: "exponential histogram, 160 buckets (its default), cumulative; percentiles read from its buckets",
  promisedError: undefined,
  fewer: 4,
  create(count) {
    const reader = new Reader({
      aggregationSelector: () => ({ type: AggregationType.EXPONENTIAL_HISTOGRAM }),
    });
    const histogram = new MeterProvider({ readers: [reader] }).getMeter("bench").createHistogram("latency");
    const attributes = Array.from({ length: count }, (_, n) =>
      count === 1 ? {} : { service: `service-${n}` },
    );
    return { series: attributes.map((each) => new OpenTelemetrySeries(reader, histogram, each)) };
  },
};
