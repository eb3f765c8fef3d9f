import type { HistogramHandle } from "../../src/core/observation.ts";
import { createStore, type Store, type Series as StoreSeries } from "../../src/store/index.ts";
import type { Series, SeriesSet } from "./contenders/types.ts";
import { LATENCY, START } from "./services.ts";

const WINDOW_MS = 60_000;

interface Moment {
  /** ms since the epoch */
  at: number;
}

class FaultlineSeries implements Series {
  private readonly store: Store;
  private readonly series: StoreSeries;
  private readonly handle: HistogramHandle;
  private readonly moment: Moment;

  constructor(store: Store, name: string, moment: Moment) {
    this.store = store;
    this.handle = store.recorder(name).histogram(LATENCY);
    this.series = store.find(name, LATENCY.name)!;
    this.moment = moment;
  }

  recordAll(latencies: Float64Array): void {
    const { handle } = this;
    const { at } = this.moment;
    for (let n = 0; n < latencies.length; n++) handle.record(at + 1, latencies[n]!);
  }

  /** One call gives these five, and rates and extremes with them. Windows are whole seconds: the open one ends. */
  percentiles(percents: readonly number[]): readonly number[] {
    const end = this.moment.at + 1000;
    this.store.advance(end);
    const window = this.store.histogram(this.series, WINDOW_MS, end).percentiles;
    const known: Readonly<Record<number, number>> = {
      50: window.p50,
      90: window.p90,
      95: window.p95,
      99: window.p99,
      99.9: window["p99.9"],
    };
    return percents.map((percent) => known[percent] ?? Number.NaN);
  }
}

/** Services of one store, which is advanced each second. */
export function createFaultlineSeries(count: number): Required<SeriesSet> {
  const store = createStore();
  const moment = { at: START };
  store.advance(moment.at);
  return {
    series: Array.from({ length: count }, (_, n) => new FaultlineSeries(store, `service-${n}`, moment)),
    endSecond: () => {
      moment.at += 1000;
      store.advance(moment.at);
    },
    ownBytes: () => store.self().bytes,
  };
}
