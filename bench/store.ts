/**
 * What the store costs: `node bench/store.ts`. Every figure stands beside a reference that was measured in
 * the same run, because machines differ and are shared; compare the ratios.
 */
import { createStore } from "../src/store/index.ts";
import { latencies, SHAPES } from "./latencies.ts";
import { elapsed, keep, line, median } from "./measure.ts";

const START = 1_767_225_600_000;
const RUNS = 5;
const lognormal = latencies("lognormal", 2 ** 20);
/** Eight octaves of 64 counts, four bytes each. */
const COUNTS_A_WINDOW = 512;
const touched = new Uint32Array(10_000 * COUNTS_A_WINDOW);
const MASK = lognormal.length - 1;

function storeWith(services: number) {
  const store = createStore();
  store.advance(START);
  const names = Array.from({ length: services }, (_, n) => `service-${n}`);
  return { store, names, recorders: names.map((name) => store.recorder(name)) };
}

/** In which order services record: as if by chance, the same every time. */
function mixedOrder(services: number): Uint32Array {
  return Uint32Array.from({ length: 2 ** 20 }, (_, n) => (Math.imul(n + 1, 2_654_435_761) >>> 0) % services);
}

function benchRecord(): void {
  console.log("record one request, ns (1,048,576 of them, lognormal)");
  const count = lognormal.length;
  const read = median(RUNS, () =>
    elapsed(() => {
      let sum = 0;
      for (let n = 0; n < count; n++) sum += lognormal[n]!;
      keep(sum);
    }),
  );
  line("reference: reading the input", `${((read * 1e6) / count).toFixed(2)}`);
  for (const services of [1, 10, 1000, 10_000]) {
    const { store, recorders } = storeWith(services);
    const order = mixedOrder(services);
    let second = 0;
    const ms = median(RUNS, () => {
      second += 1;
      const at = START + second * 1000;
      store.advance(at);
      return elapsed(() => {
        for (let n = 0; n < count; n++) recorders[order[n]!]!.request(at, lognormal[n]!, true);
      });
    });
    line(`${services.toLocaleString("en")} services in mixed order`, `${((ms * 1e6) / count).toFixed(1)}`);
  }
}

function benchTick(): void {
  console.log("\na tick: advance, and stats of every service over 60 s; 1,000,000 requests a second in all");
  line("", "advance ms", "stats ms", "tick ms", "record ns", "B a service", "RSS MB");
  for (const [services, perSecond] of [
    [12, 1200],
    [1000, 1_000_000],
    [10_000, 1_000_000],
  ] as const) {
    const { store, names, recorders } = storeWith(services);
    const order = mixedOrder(services);
    const advance: number[] = [];
    const stats: number[] = [];
    const record: number[] = [];
    for (let second = 1; second <= 75; second++) {
      const at = START + second * 1000;
      const offset = Math.imul(second, 7919);
      const tick = elapsed(() => store.advance(at));
      const recorded = elapsed(() => {
        for (let n = 0; n < perSecond; n++) {
          recorders[order[n & MASK]!]!.request(at, lognormal[(n + offset) & MASK]!, (n & 127) > 0);
        }
      });
      const asked = elapsed(() => {
        for (const name of names) keep(store.stats(name, 60_000, at).p99);
      });
      if (second <= 64) continue;
      advance.push(tick);
      stats.push(asked);
      record.push((recorded * 1e6) / perSecond);
    }
    const middle = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;
    const [a, s] = [middle(advance), middle(stats)];
    line(
      `${services.toLocaleString("en")} services`,
      a.toFixed(2),
      s.toFixed(2),
      (a + s).toFixed(2),
      middle(record).toFixed(1),
      Math.round(store.self().bytes / services).toLocaleString("en"),
      (process.memoryUsage.rss() / 1e6).toFixed(0),
    );
    const at = START + 75_000;
    const query = { metric: "p99", from: at - 60_000, to: at, points: 120, windowMs: 10_000 } as const;
    const series = median(RUNS, () => elapsed(() => keep(store.series(names[0]!, query)[119]!)));
    const other = median(RUNS, () => elapsed(() => keep(store.stats(names[0]!, 45_000, at - 3000).p99)));
    const fleet = median(RUNS, () => {
      recorders[0]!.request(at, 1, true);
      return elapsed(() => keep(store.stats("*", 60_000, at).p99));
    });
    line(
      "  120 points of p99 / another window / fleet, us",
      ...[series, other, fleet].map((ms) => (ms * 1000).toFixed(0)),
    );
  }
  const window = lognormal.slice(0, 60_000);
  const sorting = median(RUNS, () => elapsed(() => keep(window.slice().sort()[59_400]!)));
  line("reference: sorting 60,000 latencies of one service", "", "", sorting.toFixed(2));
  line("reference: touching the memory of 10,000 windows", "", "", median(RUNS, touchWindows).toFixed(2));
}

/** The least that 10,000 windows can cost: each line of their counts read and written once, in mixed order. */
function touchWindows(): number {
  const windows = 10_000;
  return elapsed(() => {
    for (let nth = 0; nth < windows; nth++) {
      const start = (Math.imul(nth, 7919) % windows) * COUNTS_A_WINDOW;
      for (let at = start; at < start + COUNTS_A_WINDOW; at += 16) touched[at]! += 1;
    }
  });
}

function benchError(): void {
  console.log("\nrelative error of percentiles, % (1,000,000 latencies against the sorted array)");
  line("", "p50", "p95", "p99");
  for (const shape of Object.keys(SHAPES)) {
    const values = latencies(shape, 1_000_000);
    const { store, recorders } = storeWith(1);
    for (const value of values) recorders[0]!.request(START, value, true);
    const stats = store.stats("service-0", 1000, START);
    const sorted = values.sort();
    const error = (percent: number, answer: number) => {
      const exact = sorted[Math.ceil((percent * sorted.length) / 100) - 1]!;
      return ((100 * Math.abs(answer - exact)) / exact).toFixed(3);
    };
    line(shape, error(50, stats.p50), error(95, stats.p95), error(99, stats.p99));
  }
}

benchRecord();
benchTick();
benchError();
