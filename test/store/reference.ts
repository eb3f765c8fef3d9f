/**
 * The store's promises in their plainest form: everything is kept in lists, every answer sorts them anew.
 * Times in ms, slots of one second; slot n holds (n - 1) * 1000 < t <= n * 1000.
 */
export interface SeenValue {
  readonly slot: number;
  readonly entity: string;
  readonly metric: string;
  readonly value: number;
}

export const slotOf = (at: number) => Math.ceil(at / 1000);

/** First (exclusive) and last slot of the window of `windowMs` that ends at `at`: whole slots, at least one. */
export function slotsOf(windowMs: number, at: number): [number, number] {
  const last = Math.floor(at / 1000);
  return [Math.min(last - 1, Math.floor((at - windowMs) / 1000)), last];
}

/** The value of rank ceil(percent * n / 100); percents have one decimal at most. NaN of none. */
export function exactPercentile(values: readonly number[], percent: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(1, Math.ceil((Math.round(percent * 10) * sorted.length) / 1000)) - 1] ?? Number.NaN;
}

/** The values of a metric in a window. */
export function exactValues(
  seen: readonly SeenValue[],
  entities: readonly string[],
  metric: string,
  windowMs: number,
  at: number,
): number[] {
  const [from, to] = slotsOf(windowMs, at);
  return seen
    .filter((each) => each.slot > from && each.slot <= to)
    .filter((each) => each.metric === metric && entities.includes(each.entity))
    .map(({ value }) => value);
}

export function exactWindow(values: readonly number[]) {
  const some = values.length > 0;
  return {
    count: values.length,
    mean: some ? values.reduce((sum, value) => sum + value, 0) / values.length : Number.NaN,
    min: some ? Math.min(...values) : Number.NaN,
    max: some ? Math.max(...values) : Number.NaN,
    percentiles: {
      p50: exactPercentile(values, 50),
      p90: exactPercentile(values, 90),
      p95: exactPercentile(values, 95),
      p99: exactPercentile(values, 99),
      "p99.9": exactPercentile(values, 99.9),
    },
  };
}
