/** `node --expose-gc bench/store/memory-child.ts CONTENDER SERIES`: what its series take, as JSON. See measureMemory. */
import { latencies, seconds } from "../latencies.ts";
import { keep } from "../measure.ts";
import { CONTENDERS } from "./contenders/index.ts";
import type { SeriesSet } from "./contenders/types.ts";
import type { Memory } from "./memory.ts";
import { PER_SECOND, SAMPLE } from "./plan.ts";

const [name, count] = process.argv.slice(2);
const contender = CONTENDERS.find((each) => each.name === name);
if (contender === undefined || globalThis.gc === undefined)
  throw new Error("no such contender, or no --expose-gc");
const collectGarbage = globalThis.gc;

function bytesNow(): number {
  // Twice: what finalizers let go is collected the second time.
  collectGarbage();
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  // `external` counts array buffers too.
  return contender?.nativeMemory ? rss : heapUsed + external;
}

async function askAll({ series }: SeriesSet): Promise<void> {
  for (const one of series) keep((await one.percentiles([50, 95, 99]))[2]!);
}

/** As a monitor would: all series in turns, second by second; asked at the end, and once before. */
async function fill(set: SeriesSet, input: readonly Float64Array[]): Promise<void> {
  for (const [nth, second] of input.entries()) {
    for (const one of set.series) one.recordAll(second);
    if (nth >= input.length - 2) await askAll(set);
    if (nth < input.length - 1) set.endSecond?.();
  }
}

const input = seconds(latencies("lognormal", SAMPLE), PER_SECOND);
// Compiled code and the library's own tables are not the series' doing.
await fill(contender.create(1), input);
const before = bytesNow();
const set = contender.create(Number(count));
await fill(set, input);
const after = bytesNow();
const own = set.ownBytes?.();
const memory: Memory = {
  bytes: (after - before) / set.series.length,
  ...(own === undefined ? {} : { ownBytes: own / set.series.length }),
};
console.log(JSON.stringify(memory));
