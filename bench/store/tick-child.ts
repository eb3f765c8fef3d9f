/** `node bench/store/tick-child.ts SERVICES PER_SECOND SECONDS RUNS`: what ticks cost, as JSON. See TickCosts. */

import { FLEET } from "../../src/store/index.ts";
import { latencies } from "../latencies.ts";
import { elapsed, keep, median, middle } from "../measure.ts";
import { LATENCY, mixedOrder, type Services, START, storeWith } from "./services.ts";
import { type TickCosts, WARM_UP_SECONDS } from "./tick-costs.ts";

const INPUT = 2 ** 20;
const MASK = INPUT - 1;

const [services = 0, perSecond = 0, measuredSeconds = 0, runs = 0] = process.argv.slice(2).map(Number);

/** us of questions that are not asked every tick. */
function nowAndThen({ store, series, handles }: Services, at: number): TickCosts["nowAndThen"] {
  const query = { from: at - 60_000, to: at, points: 120, windowMs: 10_000 } as const;
  const values = median(runs, () => elapsed(() => keep(store.values(series[0]!, "p99", query)[119]!)));
  const window = median(runs, () =>
    elapsed(() => keep(store.histogram(series[0]!, 45_000, at - 3000).percentiles.p99)),
  );
  const fleet = median(runs, () => {
    // The fleet's answer stands until something new is recorded.
    handles[0]!.record(at, 1);
    const all = store.find(FLEET, LATENCY.name)!;
    return elapsed(() => keep(store.histogram(all, 60_000, at).percentiles.p99));
  });
  return { series: values * 1000, window: window * 1000, fleet: fleet * 1000 };
}

const input = latencies("lognormal", INPUT);
const order = mixedOrder(services, INPUT);
const kept = storeWith(services);
const { store, series, handles } = kept;
const advance: number[] = [];
const stats: number[] = [];
const record: number[] = [];
const last = WARM_UP_SECONDS + measuredSeconds;
for (let second = 1; second <= last; second++) {
  const at = START + second * 1000;
  const offset = Math.imul(second, 7919);
  const closed = elapsed(() => store.advance(at));
  const recorded = elapsed(() => {
    for (let n = 0; n < perSecond; n++) {
      handles[order[n & MASK]!]!.record(at, input[(n + offset) & MASK]!);
    }
  });
  const asked = elapsed(() => {
    for (const each of series) keep(store.histogram(each, 60_000, at).percentiles.p99);
  });
  if (second <= WARM_UP_SECONDS) continue;
  advance.push(closed);
  stats.push(asked);
  record.push((recorded * 1e6) / perSecond);
}
const costs: TickCosts = {
  advance: middle(advance),
  longestAdvance: Math.max(...advance),
  stats: middle(stats),
  longestStats: Math.max(...stats),
  recordNs: middle(record),
  bytes: store.self().bytes / services,
  rssMb: process.memoryUsage.rss() / 1e6,
  nowAndThen: nowAndThen(kept, START + last * 1000),
};
console.log(JSON.stringify(costs));
