import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStore, tiersFor } from "../../../src/store/index.ts";

/** A minute, so that all of it is still kept exactly. */
const SPAN_MS = 60_000;

describe("the worst values up to an instant", () => {
  it("stay what they were at that instant, whatever was published in the rest of its second", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(100, 125, 200, 250, 500, 1_000, 2_000),
        fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 20, maxLength: 100 }),
        fc.integer({ min: 5, max: 200 }),
        (tickMs, published, columns) => {
          const store = createStore({ tiers: tiersFor(tickMs) });
          const began = 1_700_000_000_000;
          store.advance(began);
          store.recorder("a");
          const handle = store.publish("a", "p99", "high");
          const look = (at: number) => {
            const stepMs = SPAN_MS / columns;
            const from = (Math.ceil(at / stepMs) - columns) * stepMs;
            return store.worst("a", "p99", { from, stepMs, columns, until: at, holdMs: tickMs });
          };
          const looks = published.map((value, nth) => {
            const at = began + (nth + 1) * tickMs;
            store.advance(at);
            handle.note(at, value, value);
            return { at, before: look(at) };
          });
          for (const { at, before } of looks) expect(look(at)).toEqual(before);
        },
      ),
    );
  });
});
