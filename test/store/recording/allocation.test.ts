import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { createStore } from "../../../src/store/index.ts";
import { START } from "../rig.ts";

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
  const service = store.recorder("api");
  const labelled = service.labelled({ endpoint: "/pay" });
  const record = () => {
    for (let n = 0; n < ROUND; n++) {
      const value = boxed[1 + (n % 500)] as number;
      service.request(START, value, n % 10 > 0, "timeout");
      labelled.request(START, value, true);
      service.check(START, true);
      service.heartbeat(START);
      service.gauge(START, "cpu", value);
    }
  };
  // Until the compiler has seen enough of it, a number with decimals is an object of its own; and others work here too.
  const least = Math.min(...Array.from({ length: 12 }, () => growth(record)));
  expect(least).toBeLessThan(ROUND / 2);
});
