import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { at, startStore } from "../harness.ts";

describe("failures", () => {
  it("are those that counted by an instant, newest first, equal ones of a slot once", () => {
    const reasons = ["timeout", "refused", "HTTP 500"];
    const seconds = fc.array(fc.array(fc.nat({ max: 2 }), { maxLength: 6 }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(seconds, (all) => {
        const { store } = startStore();
        const recorder = store.recorder("api");
        const rows: { at: number; reason: string; count: number }[] = [];
        all.forEach((failures, nth) => {
          const time = at(nth + 0.5);
          for (const index of failures) {
            const reason = reasons[index]!;
            recorder.failure(time, reason);
            const known = rows.find((row) => row.at === time && row.reason === reason);
            if (known === undefined) rows.push({ at: time, reason, count: 1 });
            else known.count += 1;
          }
          // What has not ended is not shown.
          expect(store.failures("api").some((failure) => failure.at === time)).toBe(false);
          store.advance(at(nth + 1));
        });
        for (let second = 0; second <= all.length; second++) {
          const list = store
            .failures("api", at(second))
            .map(({ count = 1, ...failure }) => ({ ...failure, count }));
          const known = rows.filter((row) => row.at < at(second));
          expect(list).toEqual(known.slice(-20).reverse());
        }
        expect(store.self()).toMatchObject({ failures: rows.length, failuresDropped: 0 });
        expect(store.failuresKeptFrom("api")).toBe(Number.NEGATIVE_INFINITY);
        store.remove("api");
        expect(store.self().failures).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it("are dropped where there are most of them, and it is known since when all are kept", () => {
    const { store } = startStore({ limits: { failures: 500 } });
    const [loud, calm] = ["loud", "calm"].map((name) => store.recorder(name));
    for (let second = 1; second <= 400; second++) {
      for (let n = 0; n < 5; n++) loud!.failure(at(second - 0.5), `message ${second}-${n}`);
      if (second % 10 === 0) calm!.failure(at(second - 0.5), "timeout");
      store.advance(at(second));
    }
    const { failures, failuresDropped } = store.self();
    expect(failures).toBeLessThanOrEqual(500);
    expect(failures + failuresDropped).toBe(400 * 5 + 40);
    expect(store.failuresKeptFrom("calm")).toBe(Number.NEGATIVE_INFINITY);
    expect(store.failures("calm", at(10))).toEqual([{ at: at(9.5), reason: "timeout" }]);
    const from = store.failuresKeptFrom("loud");
    expect(from).toBeGreaterThan(at(300));
    // Of the slot before, a part may be left.
    expect(store.failures("loud", from).length).toBeLessThan(5);
    expect(store.failures("loud", from + 1000).filter((failure) => failure.at > from)).toHaveLength(5);
  });
});
