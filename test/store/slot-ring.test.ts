import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Histogram } from "../../src/store/histogram.ts";
import { SlidingWindow } from "../../src/store/sliding-window.ts";
import { SlotRing } from "../../src/store/slot-ring.ts";
import { Totals } from "../../src/store/totals.ts";
import { encoded } from "./encoded.ts";

/** A slot with one request in each bucket first, first + 20, ...: two or three bytes each. */
function append(ring: SlotRing, slot: number, buckets: number, first = 100): void {
  const totals = new Totals();
  totals.requests = buckets;
  totals.sum = slot;
  if (buckets > 0) totals.min = totals.max = slot;
  else totals.checks = 1;
  ring.append(slot, totals, encoded(Array.from({ length: buckets }, (_, nth) => [first + nth * 20, 1])));
}
const countsIn = (ring: SlotRing, sequence: number) => {
  const histogram = new Histogram({ bytes: 0 });
  ring.include(sequence, new Totals(), histogram);
  return Array.from({ length: 70 }, (_, nth) => histogram.countAt(100 + nth * 20)).filter((n) => n > 0)
    .length;
};

describe("slot ring", () => {
  it("keeps totals for keepSlots and histograms while they fit, whatever the sizes", () => {
    const sizes = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 4 })), {
      minLength: 1,
      maxLength: 150,
    });
    fc.assert(
      fc.property(
        sizes,
        fc.integer({ min: 200, max: 1200 }),
        fc.integer({ min: 1, max: 40 }),
        (slots, bytes, keep) => {
          const ledger = { bytes: 0 };
          const limit = { bytes };
          const ring = new SlotRing(keep, limit, 3, ledger);
          const appended: { slot: number; size: number }[] = [];
          let slot = 0;
          slots.forEach(([size, gap], nth) => {
            // The limit changes when services come and go.
            if (nth === 70) limit.bytes = Math.max(200, bytes >> 1);
            slot += gap;
            appended.push({ slot, size });
            append(ring, slot, size);
          });
          const kept = appended.filter((each) => each.slot > slot - keep);
          expect(ring.end - ring.first).toBe(kept.length);
          kept.forEach((each, nth) => {
            const sequence = ring.first + nth;
            const totals = new Totals();
            ring.include(sequence, totals, undefined);
            expect([ring.slot(sequence), totals.requests]).toEqual([each.slot, each.size]);
            expect(countsIn(ring, sequence)).toBe(sequence >= ring.lostBefore ? each.size : 0);
          });
          expect(ring.lostBefore).toBeLessThan(ring.end);
          expect(ledger.bytes).toBeLessThanOrEqual(bytes + (keep + 32) * 52);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("finds the first slot after a given one", () => {
    const ring = new SlotRing(10, { bytes: 1000 }, 0, { bytes: 0 });
    for (const slot of [3, 5, 9, 12, 14]) append(ring, slot, 1);
    expect([0, 4, 5, 13, 14].map((slot) => ring.firstAfter(slot))).toEqual([1, 1, 2, 4, 5]);
  });
});

describe("sliding window", () => {
  it("is the same after any way to a place as when it begins there, even when histograms are lost", () => {
    const steps = fc.array(
      fc.record({
        gap: fc.integer({ min: 1, max: 6 }),
        size: fc.integer({ min: 0, max: 30 }),
        length: fc.integer({ min: 1, max: 30 }),
        move: fc.boolean(),
        back: fc.integer({ min: 0, max: 5 }),
      }),
      { minLength: 1, maxLength: 120 },
    );
    fc.assert(
      fc.property(steps, fc.integer({ min: 200, max: 2000 }), (walk, bytes) => {
        const ring = new SlotRing(25, { bytes }, 0, { bytes: 0 });
        const window = new SlidingWindow(ring, { bytes: 0 });
        let slot = 0;
        for (const { gap, size, length, move, back } of walk) {
          slot += gap;
          append(ring, slot, size, 100 + (slot % 7));
          if (!move) continue;
          const to = slot - back;
          window.moveTo(to - length, to);
          const fresh = new SlidingWindow(ring, { bytes: 0 });
          fresh.moveTo(to - length, to);
          expect(window.totals).toEqual(fresh.totals);
          for (let index = 100; index < 720; index++) {
            expect(window.histogram.countAt(index)).toBe(fresh.histogram.countAt(index));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("leaves no trace of a sum too large to be subtracted exactly", () => {
    const ring = new SlotRing(100, { bytes: 1000 }, 0, { bytes: 0 });
    const window = new SlidingWindow(ring, { bytes: 0 });
    const totals = new Totals();
    totals.requests = 1;
    totals.sum = 2 ** 80;
    ring.append(1, totals, encoded([]));
    append(ring, 2, 1);
    window.moveTo(0, 2);
    expect(window.totals.sum).toBeGreaterThanOrEqual(2 ** 80);
    window.moveTo(1, 3);
    expect(window.totals.sum).toBe(2);
  });
});
