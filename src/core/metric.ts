/** The unit of a number. It sets the number format; see `formatUnit`. */
export type Unit =
  /** A latency or another duration, ms. */
  | "ms"
  /** A length of time shown in human-readable form (an age, a lag), ms: 9s, 3m 20s. */
  | "duration"
  /** 0..100. */
  | "percent"
  /** 0..1, shown as a percentage with one decimal. */
  | "ratio"
  | "per_second"
  | "count"
  | "bytes"
  | "bytes_per_second"
  /** A multiple: 3x. */
  | "factor"
  /** A plain number without a unit. */
  | "none";

export type MetricType = "counter" | "gauge" | "histogram";

/** A metric recorded for an entity: a counter, a gauge or a histogram. */
export interface Metric<Type extends MetricType = MetricType> {
  /** Unique within an entity, snake_case: `request_latency`. */
  readonly name: string;
  readonly type: Type;
  readonly unit: Unit;
  readonly description: string;
  /** Values outside this range are rejected and counted. Default for histograms and counters: at least 0. */
  readonly min?: number;
  readonly max?: number;
  /** The histogram is also recorded for all entities together, under the name FLEET. */
  readonly fleet?: true;
}

/** Labels that distinguish the series of one metric, such as endpoint, region or instance. */
export type Labels = Readonly<Record<string, string>>;
