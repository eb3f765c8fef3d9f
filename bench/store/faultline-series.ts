import type { Recorder } from "../../src/core/observation.ts";
import { createStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/types.ts";
import type { Series, SeriesSet } from "./contenders/types.ts";

const START = 1_767_225_600_000;
const WINDOW_MS = 60_000;

interface Moment {
  /** ms since the epoch */
  at: number;
}

class FaultlineSeries implements Series {
  private readonly store: Store;
  private readonly name: string;
  private readonly recorder: Recorder;
  private readonly moment: Moment;

  constructor(store: Store, name: string, moment: Moment) {
    this.store = store;
    this.name = name;
    this.recorder = store.recorder(name);
    this.moment = moment;
  }

  recordAll(latencies: Float64Array): void {
    const { recorder } = this;
    const { at } = this.moment;
    for (let n = 0; n < latencies.length; n++) recorder.request(at, latencies[n]!, true);
  }

  /** One call gives these five, and rates and extremes with them. */
  percentiles(percents: readonly number[]): readonly number[] {
    const stats = this.store.stats(this.name, WINDOW_MS, this.moment.at);
    const known: Readonly<Record<number, number>> = {
      50: stats.p50,
      90: stats.p90,
      95: stats.p95,
      99: stats.p99,
      99.9: stats.p999,
    };
    return percents.map((percent) => known[percent] ?? Number.NaN);
  }
}

/** Services of one store, that is told of each second. */
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
