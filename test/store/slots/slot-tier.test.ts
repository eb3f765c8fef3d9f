import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Histogram } from "../../../src/store/histogram/histogram.ts";
import { SparseCounts } from "../../../src/store/histogram/sparse-counts.ts";
import { Totals } from "../../../src/store/histogram/totals.ts";
import { ChunkBuilder } from "../../../src/store/slots/chunk-builder.ts";
import type { SlotChunk } from "../../../src/store/slots/slot-chunk.ts";
import { SlotTier } from "../../../src/store/slots/slot-tier.ts";
import { SlidingWindow } from "../../../src/store/windows/sliding-window.ts";
import { sparseOf } from "../histogram/sparse.ts";

const SERIES = 2;

/** A slot in which place 2 has one value in each of so many buckets from `first` on, and place 0 a count alone. */
function chunkOf(slot: number, buckets: number, first = 100): SlotChunk {
  const builder = new ChunkBuilder({ bytes: 0 });
  builder.begin(slot, 4);
  const totals = new Totals();
  totals.count = 1;
  builder.add(0, totals, sparseOf([]));
  totals.clear();
  totals.count = buckets;
  totals.sum = slot;
  totals.min = slot % 50;
  totals.max = 100 + (slot % 70);
  const pairs = Array.from({ length: buckets }, (_, nth) => [first + nth * 20, 1] as const);
  builder.add(SERIES, totals, sparseOf(pairs));
  return builder.finish()!;
}

function tierOf(keepSlots: number, histogramBytes: number, rowBytes = 1e9, leastSlots = 1): SlotTier {
  const limit = { histogramBytes, rowBytes, leastSlots };
  return new SlotTier({ slotMs: 1000, keepMs: (keepSlots - 2) * 1000 }, 1000, limit);
}

function bucketsIn(histogram: Histogram): Map<number, number> {
  const sparse = new SparseCounts();
  histogram.gather(sparse);
  return new Map(
    Array.from({ length: sparse.size }, (_, nth) => [sparse.indexes[nth]!, sparse.counts[nth]!]),
  );
}

describe("slot tier", () => {
  it("keeps slots for the given time, and histograms and rows while they fit", () => {
    const walk = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 40 })), {
      minLength: 1,
      maxLength: 120,
    });
    const bytes = fc.integer({ min: 100, max: 2000 });
    fc.assert(
      fc.property(walk, bytes, bytes, fc.integer({ min: 3, max: 40 }), (slots, most, rows, keep) => {
        const tier = tierOf(keep, most, rows / 4, 3);
        const closed: [slot: number, size: number][] = [];
        let slot = 1000;
        for (const [size, gap] of slots) {
          slot += gap;
          if (gap > 1) tier.close(slot - 1, undefined);
          tier.close(slot, chunkOf(slot, size));
          closed.push([slot, size]);
          expect(tier.bytes).toBeLessThanOrEqual(most + Math.max(rows / 4, 3 * 160));
        }
        expect(tier.first).toBeGreaterThanOrEqual(slot - keep + 1);
        expect(slot - tier.first).toBeGreaterThanOrEqual(Math.min(2, keep - 1));
        for (const [each, size] of closed) {
          const totals = new Totals();
          const histogram = new Histogram({ bytes: 0 });
          tier.at(each)?.include(SERIES, totals, histogram);
          expect(totals.count).toBe(each < tier.first ? 0 : size);
          const lost = each < Math.max(tier.first, tier.lostBefore);
          expect(bucketsIn(histogram).size).toBe(lost ? 0 : size);
        }
        expect(tier.at(slot + 1)).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });
});

describe("sliding window", () => {
  it("is the same after any way to a place as when it begins there, whatever was lost on the way", () => {
    const steps = fc.array(
      fc.record({
        // Mostly as ticks come: slot after slot, asked at the newest instant.
        gap: fc.oneof(
          { weight: 5, arbitrary: fc.constant(1) },
          { weight: 1, arbitrary: fc.integer({ min: 2, max: 6 }) },
        ),
        size: fc.integer({ min: 0, max: 30 }),
        length: fc.integer({ min: 1, max: 30 }),
        move: fc.boolean(),
        back: fc.oneof(
          { weight: 3, arbitrary: fc.constant(0) },
          { weight: 1, arbitrary: fc.integer({ min: 1, max: 5 }) },
        ),
      }),
      { minLength: 1, maxLength: 120 },
    );
    const bytes = fc.integer({ min: 200, max: 2000 });
    fc.assert(
      fc.property(steps, bytes, bytes, fc.integer({ min: 0, max: 60 }), (walk, most, rows, born) => {
        const tier = tierOf(25, most, rows * 2, 5);
        const series = { place: SERIES, born };
        const window = new SlidingWindow({ bytes: 0 });
        window.over(tier, series, true);
        let slot = 0;
        for (const { gap, size, length, move, back } of walk) {
          slot += gap;
          if (gap > 1) tier.close(slot - 1, undefined);
          tier.close(slot, size > 0 ? chunkOf(slot, size, 100 + (slot % 7)) : undefined);
          if (!move) continue;
          const to = slot - back;
          window.moveTo(to - length, to);
          const fresh = new SlidingWindow({ bytes: 0 });
          fresh.over(tier, series, true);
          fresh.moveTo(to - length, to);
          expect(window.totals).toEqual(fresh.totals);
          expect(bucketsIn(window.histogram)).toEqual(bucketsIn(fresh.histogram));
        }
      }),
      { numRuns: 120 },
    );
  });

  it("begins anew when what it would have to take away is gone", () => {
    const tier = tierOf(25, 1e9, 700, 5);
    const window = new SlidingWindow({ bytes: 0 });
    window.over(tier, { place: SERIES, born: 0 }, true);
    for (let slot = 1; slot <= 20; slot++) tier.close(slot, chunkOf(slot, 1));
    window.moveTo(0, 20);
    for (const [slot, length] of [
      [21, 30],
      [22, 30],
      [23, 3],
    ] as const) {
      tier.close(slot, chunkOf(slot, 1));
      if (slot < 23) window.moveTo(slot - length, slot);
    }
    window.moveTo(20, 23);
    expect(window.totals).toMatchObject({ count: 3, sum: 21 + 22 + 23 });
  });

  it("leaves no trace of a sum too large to be subtracted exactly", () => {
    const tier = tierOf(100, 1000);
    const builder = new ChunkBuilder({ bytes: 0 });
    builder.begin(1, 4);
    const totals = new Totals();
    totals.count = 1;
    totals.sum = 2 ** 80;
    builder.add(SERIES, totals, sparseOf([]));
    tier.close(1, builder.finish());
    tier.close(2, chunkOf(2, 1));
    const window = new SlidingWindow({ bytes: 0 });
    window.over(tier, { place: SERIES, born: 0 }, true);
    window.moveTo(0, 2);
    expect(window.totals.sum).toBeGreaterThanOrEqual(2 ** 80);
    window.moveTo(1, 2);
    expect(window.totals.sum).toBe(2);
  });
});
