import { latencies, seconds } from "../latencies.ts";
import { elapsed, interleaved, keep, middle } from "../measure.ts";
import { CONTENDERS } from "./contenders/index.ts";
import type { Series, SeriesSet } from "./contenders/types.ts";
import { measureMemory } from "./memory.ts";
import { PER_SECOND, type Plan, SAMPLE } from "./plan.ts";
import { short, type Table, whole } from "./table.ts";

const PERCENTS = [50, 95, 99];
/** Queries of one contender before the next has its turn. */
const QUERIES_A_TURN = 20;
/** Untimed, for the compiler: in a monitor this code is always warm. */
const WARM_UP_QUERIES = 1000;

function recordSeconds({ series, endSecond }: SeriesSet, input: readonly Float64Array[]): void {
  for (const second of input) {
    series[0]!.recordAll(second);
    endSecond?.();
  }
}

/** ns of one latency, of the input's reading first and then of each contender. */
function recordCosts(plan: Plan): number[] {
  const input = latencies("lognormal", plan.latencies);
  const share = (fewer: number) => input.subarray(0, input.length / fewer);
  const contenders = CONTENDERS.map((contender) => {
    const mine = seconds(share(contender.fewer), PER_SECOND);
    return () => {
      const set = contender.create(1);
      return elapsed(() => recordSeconds(set, mine));
    };
  });
  const read = () =>
    elapsed(() => {
      let sum = 0;
      for (let n = 0; n < input.length; n++) sum += input[n]!;
      keep(sum);
    });
  const ms = interleaved(plan.runs, [read, ...contenders]);
  return ms.map((each, nth) => (each * 1e6) / share(CONTENDERS[nth - 1]?.fewer ?? 1).length);
}

/** us; waiting is counted only where a library makes one wait. */
async function timedQuery(series: Series): Promise<number> {
  const start = performance.now();
  const answer = series.percentiles(PERCENTS);
  const values = answer instanceof Promise ? await answer : answer;
  const us = (performance.now() - start) * 1000;
  keep(values[2]!);
  return us;
}

/**
 * us of one query for three percentiles. Each comes after a second's worth of new latencies: a library that
 * puts its work off until it is asked does it here, and an answer kept from before would be wrong.
 */
async function queryCosts(plan: Plan): Promise<number[]> {
  const input = seconds(latencies("lognormal", SAMPLE), PER_SECOND);
  const sets = CONTENDERS.map((contender) => contender.create(1));
  for (const set of sets) recordSeconds(set, input);
  for (const { series } of sets) {
    for (let query = 0; query < WARM_UP_QUERIES; query++) await timedQuery(series[0]!);
  }
  const costs = sets.map((): number[] => []);
  for (let asked = 0; asked < plan.queries; asked += QUERIES_A_TURN) {
    for (const [nth, { series, endSecond }] of sets.entries()) {
      for (let query = asked; query < asked + QUERIES_A_TURN; query++) {
        series[0]!.recordAll(input[query % input.length]!);
        endSecond?.();
        costs[nth]!.push(await timedQuery(series[0]!));
      }
    }
  }
  return costs.map(middle);
}

function settingsTable(): Table {
  const rows = CONTENDERS.map(({ name, settings, promisedError }) => [
    `${name}: ${settings}`,
    promisedError?.toFixed(2) ?? "none",
  ]);
  return { title: "settings of each", rows: [["", "promised error %"], ...rows] };
}

/** Ours beside other libraries: to record one latency, to ask for percentiles, and the memory of a series. */
export async function benchLibraries(plan: Plan): Promise<Table[]> {
  const [read = 0, ...recorded] = recordCosts(plan);
  const queried = await queryCosts(plan);
  const memory = CONTENDERS.map((contender) =>
    measureMemory(contender, Math.ceil(plan.series / contender.fewer)),
  );
  const ours = recorded[0]!;
  const rows = CONTENDERS.map(({ name }, nth) => [
    name,
    short(recorded[nth]!),
    short(recorded[nth]! / ours),
    short(recorded[nth]! / read),
    short(queried[nth]!),
    short(queried[nth]! / queried[0]!),
    whole(memory[nth]!.bytes),
    memory[nth]!.ownBytes === undefined ? "-" : whole(memory[nth]!.ownBytes),
  ]);
  return [
    {
      title: "beside other libraries: one series, lognormal latencies",
      rows: [
        ["", "record ns", "x ours", "x reading", "query us", "x ours", "B a series", "by own account"],
        ["reference: reading the input", short(read), short(read / ours), "1.00", "-", "-", "-", "-"],
        ...rows,
      ],
      notes: [
        `record: medians of ${plan.runs} runs in turns; ${whole(plan.latencies)} latencies each, a fourth of them for OpenTelemetry, an eighth for prom-client`,
        "query: p50, p95, p99 of one series, after 2,000 new latencies; ours answers with five percentiles, rates and extremes",
        `memory: after ${whole(SAMPLE)} latencies and two queries of each series, in a process of its own`,
      ],
    },
    settingsTable(),
  ];
}
