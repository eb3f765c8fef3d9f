import type { EntityKind } from "../core/entity.ts";
import type { Limits, Measure, Read, StatisticRead, Values } from "../core/measure.ts";
import type { Labels } from "../core/metric.ts";
import type { Proportion } from "../core/proportion.ts";
import type { Bucket, Series, SeriesQuery, StoreReader } from "../store/types.ts";
import {
  lowerOf,
  type MetricWindow,
  planReads,
  type ReadPlan,
  ratioOf,
  statisticOf,
  without,
} from "./plan.ts";

/** The statistic of a gauge that a chart reads instead of that of the measure. */
export type Spread = "min" | "mean" | "max";

/** Plans are the same for all entities of a kind. */
export class ReadPlans {
  readonly #plans = new Map<EntityKind, ReadPlan>();
  readonly #single = new Map<Measure, ReadPlan>();

  of(kind: EntityKind): ReadPlan {
    const known = this.#plans.get(kind);
    if (known !== undefined) return known;
    const plan = planReads(kind);
    this.#plans.set(kind, plan);
    return plan;
  }

  /** The plan for one measure of a kind. */
  ofMeasure(kind: EntityKind, measure: Measure): ReadPlan {
    const known = this.#single.get(measure);
    if (known !== undefined) return known;
    const plan = planReads(kind, [measure]);
    this.#single.set(measure, plan);
    return plan;
  }
}

/** Reads the measures of one entity from the store. */
export class EntityMeasures {
  readonly kind: EntityKind;
  readonly #entity: string;
  readonly #store: StoreReader;
  readonly #plans: ReadPlans;
  readonly #plan: ReadPlan;
  /** A gauge that has not been set for this long is unknown, ms. */
  readonly #freshMs: number;
  readonly #limits: Readonly<Record<string, Limits>>;
  /** Handles of the plan's metrics, resolved again when the entity has other series. */
  readonly #series: (Series | undefined)[];
  #known: readonly Series[] | undefined;
  #knownCount = 0;

  constructor(
    entity: string,
    kind: EntityKind,
    store: StoreReader,
    plans: ReadPlans,
    limits: Readonly<Record<string, Limits>>,
    freshMs: number,
  ) {
    this.kind = kind;
    this.#entity = entity;
    this.#store = store;
    this.#plans = plans;
    this.#plan = plans.of(kind);
    this.#limits = limits;
    this.#freshMs = freshMs;
    this.#series = this.#plan.needs.map(() => undefined);
  }

  /**
   * All measures but those on demand, over the window of `windowMs` that ends at `at` (ms since the epoch).
   */
  values(windowMs: number, at: number, labels?: Labels): Values {
    const { needs, readings } = this.#plan;
    const windows = new Array<MetricWindow | undefined>(needs.length);
    this.#resolve();
    for (let nth = 0; nth < needs.length; nth++) {
      const { metric, shape } = needs[nth]!;
      const series = labels === undefined ? this.#series[nth] : this.#find(metric, labels);
      // Reported for the first time later: the same answer as then.
      if (series === undefined || series.openedAt >= at) continue;
      windows[nth] = this.#window(series, windowMs, at, shape);
    }
    const values: Record<string, number> = {};
    for (const { id, read } of readings) values[id] = read(windows);
    return values;
  }

  /** One measure, also one on demand; NaN when it is unknown. */
  value(id: string, windowMs: number, at: number, labels?: Labels): number {
    const measure = this.measure(id);
    if (measure === undefined) return Number.NaN;
    if (measure.read.type !== "within") return this.#single(measure, windowMs, at, labels);
    return this.#within(measure.read, windowMs, at, labels) * (measure.scale ?? 1);
  }

  /**
   * How many values of the histogram behind a percentile are above `limit` (in its unit), or, for a measure with a
   * `proportion`, how many of its counts were bad. Undefined for other measures.
   */
  beyond(measure: Measure, limit: number, windowMs: number, at: number): Proportion | undefined {
    const { read, proportion, scale = 1 } = measure;
    if (proportion !== undefined) {
      const of = this.#count(proportion.of, windowMs, at);
      return { count: of, of: this.#count(proportion.to, windowMs, at) };
    }
    if (read.type !== "statistic" || this.metricType(read.metric) !== "histogram") return undefined;
    const series = this.#find(read.metric);
    if (series === undefined) return { count: 0, of: 0 };
    const { count } = this.#store.histogram(series, windowMs, at, false);
    const within = count === 0 ? 0 : this.#store.countWithin(series, windowMs, at, limit / scale);
    return { count: Math.round(count - within), of: count };
  }

  /** One measure at each point of a query; NaN where there is no data. */
  series(id: string, query: SeriesQuery, spread?: Spread): Float64Array {
    const measure = this.measure(id);
    if (measure === undefined) return new Float64Array(query.points).fill(Number.NaN);
    const values = this.#read(measure.read, query, spread);
    const { scale = 1 } = measure;
    return scale === 1 ? values : values.map((value) => value * scale);
  }

  /** The buckets of the histogram behind a measure; empty for measures of anything else. */
  distribution(id: string, windowMs: number, at: number): readonly Bucket[] {
    const read = this.measure(id)?.read;
    if (read?.type !== "statistic" || this.metricType(read.metric) !== "histogram") return [];
    const series = this.#find(read.metric);
    return series === undefined ? [] : this.#store.distribution(series, windowMs, at);
  }

  measure(id: string): Measure | undefined {
    return this.kind.measures.find((measure) => measure.id === id);
  }

  metricType(name: string) {
    return this.kind.metrics.find((metric) => metric.name === name)?.type;
  }

  #single(measure: Measure, windowMs: number, at: number, labels: Labels | undefined): number {
    const { needs, readings } = this.#plans.ofMeasure(this.kind, measure);
    const windows = needs.map(({ metric, shape }) => {
      const series = this.#find(metric, labels);
      if (series === undefined || series.openedAt >= at) return undefined;
      return this.#window(series, windowMs, at, shape);
    });
    return readings[0]?.read(windows) ?? Number.NaN;
  }

  /** Most entities record only some metrics of their kind: the others are not searched at every tick. */
  #resolve(): void {
    const known = this.#store.seriesOf(this.#entity);
    if (known === this.#known && known.length === this.#knownCount) return;
    this.#known = known;
    this.#knownCount = known.length;
    for (const [nth, { metric }] of this.#plan.needs.entries()) this.#series[nth] = this.#find(metric);
  }

  /** The value of a measure that is a count; 0 where it is unknown. */
  #count(id: string, windowMs: number, at: number): number {
    const read = this.measure(id)?.read;
    if (read?.type !== "statistic") return 0;
    const all = this.#statisticAt(read, windowMs, at);
    const less =
      read.less === undefined ? Number.NaN : this.#statisticAt({ ...read, metric: read.less }, windowMs, at);
    return without(all, less) || 0;
  }

  #statisticAt({ metric, stat }: StatisticRead, windowMs: number, at: number): number {
    const series = this.#find(metric);
    if (series === undefined) return Number.NaN;
    return statisticOf(this.#window(series, windowMs, at, false), stat);
  }

  #find(metric: string, labels?: Labels): Series | undefined {
    return this.#store.find(this.#entity, metric, labels);
  }

  #window(series: Series, windowMs: number, at: number, shape: boolean): MetricWindow {
    switch (series.metric.type) {
      case "histogram":
        return this.#store.histogram(series, windowMs, at, shape);
      case "counter":
        return this.#store.counter(series, windowMs, at);
      case "gauge": {
        const freshMs = Math.min(windowMs, this.#freshMs);
        return shape ? this.#store.gauge(series, freshMs, at) : this.#store.newest(series, freshMs, at);
      }
    }
  }

  #read(read: Read, query: SeriesQuery, spread: Spread | undefined): Float64Array {
    switch (read.type) {
      case "statistic":
        return this.#statistic(read, query, spread);
      case "ratio": {
        const of = this.#statistic(read.of, query, spread);
        const to = this.#statistic(read.to, query, spread);
        return to.map((value, point) => ratioOf(of[point]!, value, read.complement ?? false));
      }
      case "lowest": {
        const all = read.reads.map((each) => this.#read(each, query, spread));
        return Float64Array.from({ length: query.points }, (_, point) =>
          all.reduce((lowest, values) => lowerOf(lowest, values[point]!), Number.NaN),
        );
      }
      case "usual":
      case "relative":
        return new Float64Array(query.points).fill(Number.NaN);
      case "within": {
        const { from, to, points, windowMs } = query;
        const step = points > 1 ? (to - from) / (points - 1) : 0;
        return Float64Array.from({ length: points }, (_, point) =>
          this.#within(read, windowMs, points > 1 ? from + point * step : to),
        );
      }
    }
  }

  #statistic(
    { metric, stat, less }: StatisticRead,
    query: SeriesQuery,
    spread: Spread | undefined,
  ): Float64Array {
    if (less !== undefined) {
      const part = this.#statistic({ metric: less, stat }, query, spread);
      const all = this.#statistic({ metric, stat }, query, spread);
      return all.map((value, point) => without(value, part[point]!));
    }
    const series = this.#find(metric);
    if (series === undefined) return new Float64Array(query.points).fill(Number.NaN);
    if (series.metric.type !== "gauge") return this.#store.values(series, stat, query);
    // As in `values`: an old value of a gauge is not drawn as a current one, unless the points are farther
    // apart.
    const apart = query.points > 1 ? (query.to - query.from) / (query.points - 1) : 0;
    const windowMs = Math.min(query.windowMs, Math.max(this.#freshMs, apart));
    return this.#store.values(series, spread ?? stat, { ...query, windowMs });
  }

  /** Failed values, and waits without an answer, never count as within, however short. */
  #within(
    { metric, except = [], limitOf }: Extract<Read, { type: "within" }>,
    windowMs: number,
    at: number,
    labels?: Labels,
  ): number {
    const limit = this.#limits[limitOf]?.degraded;
    const series = this.#find(metric, labels);
    if (series === undefined || limit === undefined) return Number.NaN;
    const { count } = this.#store.histogram(series, windowMs, at, false);
    if (count === 0) return Number.NaN;
    let within = this.#store.countWithin(series, windowMs, at, limit);
    for (const name of except) {
      const part = this.#find(name, labels);
      if (part !== undefined) within = without(within, this.#store.countWithin(part, windowMs, at, limit));
    }
    return Math.min(1, within / count);
  }
}
