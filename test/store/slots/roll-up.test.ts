import { describe, expect, it } from "vitest";
import { Totals } from "../../../src/store/histogram/totals.ts";
import { createStore } from "../../../src/store/index.ts";
import { ChunkBuilder } from "../../../src/store/slots/chunk-builder.ts";
import { RollUp } from "../../../src/store/slots/roll-up.ts";
import { Scratch } from "../../../src/store/slots/scratch.ts";
import { SeriesTable } from "../../../src/store/slots/series-table.ts";
import { SlotTier } from "../../../src/store/slots/slot-tier.ts";
import { LATENCY, START, windowOf } from "../harness.ts";
import { sparseOf } from "../histogram/sparse.ts";

const BYTES = { bytes: 0 };
const LIMIT = { histogramBytes: 1e9, rowBytes: 1e9, leastSlots: 1 };

/** Counts the rows it is given. */
class CountingBuilder extends ChunkBuilder {
  added = 0;
  override addSum(...row: Parameters<ChunkBuilder["addSum"]>): void {
    this.added += 1;
    super.addSum(...row);
  }
}

describe("rolling up", () => {
  it("does a part of the series at each step, and all of them before the next slot is complete", () => {
    const fine = new SlotTier({ slotMs: 1000, keepMs: 60_000 }, 1000, LIMIT);
    const coarse = new SlotTier({ slotMs: 10_000, keepMs: 600_000 }, 1000, LIMIT);
    const table = new SeriesTable();
    for (let n = 0; n < 100; n++) table.add((place) => ({ place, born: 0 }));
    const builder = new CountingBuilder(BYTES);
    const rollUp = new RollUp(fine, coarse, builder);
    const scratch = new Scratch(BYTES);
    const finest = new ChunkBuilder(BYTES);
    const totals = new Totals();
    totals.count = 2;
    let most = 0;
    for (let slot = 1; slot <= 50; slot++) {
      finest.begin(slot, table.size);
      for (let place = 0; place < 100; place++) finest.add(place, totals, sparseOf([[300, 2]]));
      fine.close(slot, finest.finish());
      const before = builder.added;
      rollUp.step(table, scratch);
      most = Math.max(most, builder.added - before);
      expect(coarse.complete).toBeGreaterThanOrEqual(Math.floor(slot / 10) - 1);
    }
    expect(coarse.complete).toBe(4);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(15);
    const merged = new Totals();
    coarse.at(4)?.include(99, merged, undefined);
    expect(merged.count).toBe(20);
  });

  it.each([[1], [7], [30], [60]])("loses nothing when ticks are %i s apart", (apart) => {
    const store = createStore();
    store.advance(START);
    const names = Array.from({ length: 12 }, (_, n) => `entity-${n}`);
    const last = 3 * 3600;
    for (let second = apart; second <= last; second += apart) {
      const at = START + second * 1000;
      store.advance(at);
      for (const name of names) store.recorder(name).histogram(LATENCY).record(at, 10);
    }
    const end = START + Math.floor(last / apart) * apart * 1000;
    for (const name of names) {
      // Two hours that end half an hour ago: longer ago than the finest slots reach.
      const { count } = windowOf(store, name, 7_200_000, end - 1_800_000);
      expect(count).toBeGreaterThanOrEqual(Math.floor(7200 / apart));
      expect(count).toBeLessThanOrEqual(Math.ceil(7320 / apart));
    }
  });
});
