/** `node bench/store/tick-child.ts SERVICES PER_SECOND SECONDS RUNS`: what ticks cost, as JSON. See TickCosts. */
import { latencies } from "../latencies.ts";
import { elapsed, keep, median, middle } from "../measure.ts";
import { mixedOrder, type Services, START, storeWith } from "./services.ts";
import { type TickCosts, WARM_UP_SECONDS } from "./tick-costs.ts";

const INPUT = 2 ** 20;
const MASK = INPUT - 1;

const [services = 0, perSecond = 0, measuredSeconds = 0, runs = 0] = process.argv.slice(2).map(Number);

/** us of questions that are not asked every tick. */
function nowAndThen({ store, names, recorders }: Services, at: number): TickCosts["nowAndThen"] {
  const query = { metric: "p99", from: at - 60_000, to: at, points: 120, windowMs: 10_000 } as const;
  const series = median(runs, () => elapsed(() => keep(store.series(names[0]!, query)[119]!)));
  const window = median(runs, () => elapsed(() => keep(store.stats(names[0]!, 45_000, at - 3000).p99)));
  const fleet = median(runs, () => {
    // The fleet's answer stands until something new is recorded.
    recorders[0]!.request(at, 1, true);
    return elapsed(() => keep(store.stats("*", 60_000, at).p99));
  });
  return { series: series * 1000, window: window * 1000, fleet: fleet * 1000 };
}

const input = latencies("lognormal", INPUT);
const order = mixedOrder(services, INPUT);
const kept = storeWith(services);
const { store, names, recorders } = kept;
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
      recorders[order[n & MASK]!]!.request(at, input[(n + offset) & MASK]!, (n & 127) > 0);
    }
  });
  const asked = elapsed(() => {
    for (const name of names) keep(store.stats(name, 60_000, at).p99);
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
