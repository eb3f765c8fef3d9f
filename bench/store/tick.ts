import { latencies } from "../latencies.ts";
import { elapsed, keep, median } from "../measure.ts";
import type { Plan } from "./plan.ts";
import { short, type Table, whole } from "./table.ts";
import { medianCosts, type TickCosts, tickCosts, WARM_UP_SECONDS } from "./tick-costs.ts";

/** Services, and requests a second of all of them together. */
const LOADS = [
  [12, 1200],
  [1000, 1_000_000],
  [10_000, 1_000_000],
] as const;
/** Eight octaves of 64 counts, four bytes each. */
const COUNTS_A_WINDOW = 512;
const WINDOWS = 10_000;

/** The least that 10,000 windows can cost: each line of their counts read and written once, in mixed order. */
function touchWindows(touched: Uint32Array): number {
  return elapsed(() => {
    for (let nth = 0; nth < WINDOWS; nth++) {
      const start = (Math.imul(nth, 7919) % WINDOWS) * COUNTS_A_WINDOW;
      for (let at = start; at < start + COUNTS_A_WINDOW; at += 16) touched[at]! += 1;
    }
  });
}

function tickRow(services: number, costs: TickCosts): string[] {
  const { advance, longestAdvance, stats, longestStats, recordNs, bytes, rssMb } = costs;
  const ms = [advance, longestAdvance, stats, longestStats, advance + stats];
  return [whole(services), ...ms.map(short), short(recordNs), whole(bytes), whole(rssMb)];
}

/** What a tick costs: a second is closed, and the last 60 s of each service are read. */
export function benchTick(plan: Plan): Table[] {
  const oneWindow = latencies("lognormal", 60_000);
  const sorting = median(plan.runs, () => elapsed(() => keep(oneWindow.slice().sort()[59_400]!)));
  const touched = new Uint32Array(WINDOWS * COUNTS_A_WINDOW);
  const touching = median(plan.runs, () => touchWindows(touched));
  const reference = (name: string, ms: number) => [name, "-", "-", "-", "-", short(ms), "-", "-", "-"];
  const rounds = Array.from({ length: plan.tickRuns }, () =>
    LOADS.map(([services, perSecond]) => tickCosts(services, perSecond, plan)),
  );
  const loads = LOADS.map(([services], nth) => ({
    services,
    costs: medianCosts(rounds.map((round) => round[nth]!)),
  }));
  return [
    {
      title: "a tick, ms: advance, and the window of every service over 60 s",
      rows: [
        [
          "services",
          "advance",
          "longest",
          "windows",
          "longest",
          "tick",
          "record ns",
          "B a service",
          "RSS MB",
        ],
        ...loads.map(({ services, costs }) => tickRow(services, costs)),
        reference("reference: touching 10,000 windows", touching),
        reference("reference: sorting one service's 60,000", sorting),
      ],
      notes: [
        "1,000,000 requests a second of all services together; 1,200 of the twelve",
        `medians of ${plan.seconds} seconds after ${WARM_UP_SECONDS} of warm-up, and longest, the longest single one of these; of both the median of ${plan.tickRuns} runs`,
        "a window gives p50, p90, p95, p99, p99.9, mean, extremes, count and rate",
        "each run of a load is a process of its own, of which RSS is the whole, with 12 MB of input",
      ],
    },
    {
      title: "asked now and then, us",
      rows: [
        ["services", "120 points of p99", "another window", "the fleet over 60 s"],
        ...loads.map(({ services, costs: { nowAndThen } }) => [
          whole(services),
          ...[nowAndThen.series, nowAndThen.window, nowAndThen.fleet].map(whole),
        ]),
      ],
    },
  ];
}
