import { describe, expect, it } from "vitest";
import { Totals } from "../../../src/store/histogram/totals.ts";
import { createStore } from "../../../src/store/index.ts";
import { ChunkBuilder } from "../../../src/store/slots/chunk-builder.ts";
import { RollUp } from "../../../src/store/slots/roll-up.ts";
import { SeriesTable } from "../../../src/store/slots/series-table.ts";
import { SlotTier } from "../../../src/store/slots/slot-tier.ts";
import { Workbench } from "../../../src/store/slots/workbench.ts";
import { sparseOf } from "../histogram/sparse.ts";
import { START } from "../rig.ts";

const LEDGER = { bytes: 0 };
const LIMIT = { histogramBytes: 1e9, rowBytes: 1e9, leastSlots: 1 };

/** Tells how many rows it was given. */
class CountingBuilder extends ChunkBuilder {
  added = 0;
  override add(...row: Parameters<ChunkBuilder["add"]>): void {
    this.added += 1;
    super.add(...row);
  }
}

describe("rolling up", () => {
  it("does a part of the series at each step, and all of them before the next slot is complete", () => {
    const fine = new SlotTier({ slotMs: 1000, keepMs: 60_000 }, 1000, LIMIT);
    const coarse = new SlotTier({ slotMs: 10_000, keepMs: 600_000 }, 1000, LIMIT);
    const table = new SeriesTable();
    for (let n = 0; n < 100; n++) table.add((id) => ({ id, born: 0 }));
    const builder = new CountingBuilder(LEDGER);
    const rollUp = new RollUp(fine, coarse, builder);
    const bench = new Workbench(LEDGER);
    const finest = new ChunkBuilder(LEDGER);
    const totals = new Totals();
    totals.requests = 2;
    let most = 0;
    for (let slot = 1; slot <= 50; slot++) {
      finest.begin(slot, table.size);
      for (let id = 0; id < 100; id++) finest.add(id, totals, sparseOf([[300, 2]]));
      fine.close(slot, finest.finish());
      const before = builder.added;
      rollUp.step(table, bench);
      most = Math.max(most, builder.added - before);
      expect(coarse.complete).toBeGreaterThanOrEqual(Math.floor(slot / 10) - 1);
    }
    expect(coarse.complete).toBe(4);
    expect(most).toBeLessThanOrEqual(15);
    const merged = new Totals();
    coarse.at(4)?.include(99, merged, bench.histogram);
    expect(merged.requests).toBe(20);
  });

  it.each([[1], [7], [30], [60]])("loses nothing when ticks are %i s apart", (apart) => {
    const store = createStore();
    store.advance(START);
    const names = Array.from({ length: 12 }, (_, n) => `service-${n}`);
    const last = 3 * 3600;
    for (let second = apart; second <= last; second += apart) {
      const at = START + second * 1000;
      store.advance(at);
      for (const name of names) store.recorder(name).request(at, 10, true);
    }
    const end = START + Math.floor(last / apart) * apart * 1000;
    for (const name of names) {
      // Two hours that end half an hour ago: far from what the finest slots still know.
      const { requestCount } = store.stats(name, 7_200_000, end - 1_800_000);
      expect(requestCount).toBeGreaterThanOrEqual(Math.floor(7200 / apart));
      expect(requestCount).toBeLessThanOrEqual(Math.ceil(7320 / apart));
    }
  });
});
