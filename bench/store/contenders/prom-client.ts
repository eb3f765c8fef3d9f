import { Summary } from "prom-client";
import type { Contender, Series } from "./types.ts";

interface Observer {
  observe(value: number): void;
}

class PromSeries implements Series {
  private readonly summary: Summary<string>;
  private readonly observer: Observer;
  private readonly service: string | undefined;

  constructor(summary: Summary<string>, service: string | undefined) {
    this.summary = summary;
    this.service = service;
    this.observer = service === undefined ? summary : summary.labels({ service });
  }

  recordAll(latencies: Float64Array): void {
    const { observer } = this;
    for (let n = 0; n < latencies.length; n++) observer.observe(latencies[n]!);
  }

  async percentiles(percents: readonly number[]): Promise<readonly number[]> {
    const { values } = await this.summary.get();
    const mine = values.filter(({ labels }) => labels.service === this.service);
    const valueAt = (percent: number) =>
      mine.find(({ labels }) => Math.abs(Number(labels.quantile) * 100 - percent) < 1e-6)?.value;
    return percents.map((percent) => valueAt(percent) ?? Number.NaN);
  }
}

/**
 * A t-digest. It gets no window (maxAgeSeconds): all of its age buckets are one and the same digest
 * (15.1.3), so that each value would count several times.
 */
export const promClient: Contender = {
  name: "prom-client",
  settings: "Summary with five percentiles, no window, compressCount 1,000 (its default)",
  promisedError: undefined,
  fewer: 8,
  create(count) {
    const summary = new Summary({
      name: "latency",
      help: "latency, ms",
      labelNames: count === 1 ? [] : ["service"],
      percentiles: [0.5, 0.9, 0.95, 0.99, 0.999],
      registers: [],
    });
    const names = Array.from({ length: count }, (_, n) => (count === 1 ? undefined : `service-${n}`));
    return { series: names.map((name) => new PromSeries(summary, name)) };
  },
};
