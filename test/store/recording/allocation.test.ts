import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { createStore } from "../../../src/store/index.ts";
import { gauge, LATENCY, REQUESTS, START } from "../harness.ts";

const ROUND = 100_000;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** What the heap grows by, bytes. Less is allocated than the young generation holds: nothing is collected meanwhile. */
function growth(fn: () => void): number {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  fn();
  return process.memoryUsage().heapUsed - before;
}

/**
 * Numbers that are objects already, as a caller has them that does not make them anew: an argument with decimals
 * becomes one when the call is not inlined, which is the caller's doing and not the store's.
 */
const boxed: readonly (number | string)[] = ["", ...Array.from({ length: 500 }, (_, n) => 1 + n * 1.7)];

it("allocates nothing for an observation", () => {
  const store = createStore();
  store.advance(START);
  const recorder = store.recorder("api");
  const labels = { endpoint: "/pay" };
  const values = recorder.histogram(LATENCY);
  const labelled = recorder.histogram(LATENCY, labels);
  const count = recorder.counter(REQUESTS, labels);
  const level = recorder.gauge(gauge("level"));
  const heartbeat = recorder.lifeSign("heartbeat");
  const bounds = [1, 10, 100];
  const counts = [1, 2, 0, 1];
  const record = () => {
    for (let n = 0; n < ROUND; n++) {
      const value = boxed[1 + (n % 500)] as number;
      values.record(START, value);
      labelled.record(START, value);
      if (n % 50 === 0) values.recordBuckets(START, bounds, counts);
      count.add(START, 1);
      level.set(START, value);
      heartbeat.seen(START);
      recorder.failure(START, "timeout");
    }
  };
  // Until the compiler has seen enough of it, a number with decimals is an object of its own; and others work here too.
  const least = Math.min(...Array.from({ length: 12 }, () => growth(record)));
  expect(least).toBeLessThan(ROUND / 2);
});
