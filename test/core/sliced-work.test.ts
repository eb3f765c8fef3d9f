import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SlicedWork, type Work } from "../../src/core/sliced-work.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { machine } from "../monitor/machine.ts";

/** Work that notes what it does. @param step called for each item */
function* items(name: string, count: number, done: string[], step = () => {}): Work {
  for (let nth = 1; nth <= count; nth++) {
    step();
    done.push(`${name}${nth}`);
    yield;
  }
}
const named = (name: string, count: number) => Array.from({ length: count }, (_, nth) => `${name}${nth + 1}`);

describe("work in slices", () => {
  it("is done at once where it takes no time", () => {
    const work = new SlicedWork(createVirtualClock());
    const done: string[] = [];
    work.begin(items("a", 1_000, done));
    expect(done).toEqual(named("a", 1_000));
    expect(work.isUnderWay).toBe(false);
  });

  it("lets others have their turn, and is complete and in order whenever it is finished or followed by more", () => {
    const act = fc.record({ afterMs: fc.nat(400), what: fc.constantFrom("finish", "more", "nothing") });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.array(act, { maxLength: 8 }), (costMs, acts) => {
        const { clock, run, spend } = machine();
        const lates: number[] = [];
        const work = new SlicedWork(clock);
        const done: string[] = [];
        const expected: string[] = [];
        const begin = (name: string) => {
          expected.push(...named(name, 30));
          work.begin(items(name, 30, done, () => spend(costMs)));
        };
        begin("a");
        const stop = clock.every(10, ({ lateMs }) => lates.push(lateMs));
        for (const [nth, { afterMs, what }] of acts.entries()) {
          run(afterMs);
          expect(done).toEqual(expected.slice(0, done.length));
          if (what === "more") begin(`b${nth}-`);
          if (what === "finish") {
            work.finish();
            expect({ done, isUnderWay: work.isUnderWay }).toEqual({ done: expected, isUnderWay: false });
          }
        }
        const unhurried = lates.length;
        run(30 * 40);
        expect(done).toEqual(expected);
        expect(Math.max(0, ...lates.slice(unhurried + 1))).toBeLessThan(50 + costMs);
        stop();
      }),
    );
  });

  it("can be stopped, and what fails does not hold up what follows", () => {
    const { clock, run, spend } = machine();
    const work = new SlicedWork(clock);
    const done: string[] = [];
    work.begin(items("a", 10, done, () => spend(30)));
    work.stop();
    run(1_000);
    expect(done).toEqual(named("a", 2));
    const failing = items("b", 10, [], () => {
      throw new Error("no");
    });
    expect(() => work.begin(failing)).toThrow("no");
    work.begin(items("c", 1, done));
    expect(done.at(-1)).toBe("c1");
  });

  it("may ask for its own end from within", () => {
    const work = new SlicedWork(createVirtualClock());
    const done: string[] = [];
    work.begin(items("a", 3, done, () => work.finish()));
    expect(done).toEqual(named("a", 3));
  });
});
