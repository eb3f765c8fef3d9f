import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { createChartMemory } from "../../../src/ui/chart-memory.ts";
import { measureColumns } from "../../../src/ui/charts/measure-columns.ts";
import { timeGrid } from "../../../src/ui/charts/time-grid.ts";
import { ZOOMS } from "../../../src/ui/state.ts";
import { measureOf } from "../../../src/ui/text/values.ts";
import type { View } from "../../../src/ui/view.ts";
import { startSession } from "../harness.ts";
import { viewOf } from "../panels/painting.ts";

/** For a longer run: SPIKE_HOURS=48 SPIKE_SEEDS=5 npx vitest run test/ui/charts/spikes. */
const HOURS = Number(process.env.SPIKE_HOURS ?? 0.6);
const SEEDS = Number(process.env.SPIKE_SEEDS ?? 1);
const SECOND = 1000;

/** A service with ten requests a second that is slow for a second now and then: few of a minute's requests. */
function spiky(seed: number) {
  const harness = startSession({
    config: `seed: ${seed}\nservices: [{ name: api, base_latency: 40ms, rate: 10, error_rate: 0 }]\n`,
  });
  const published: { readonly at: number; readonly p99: number }[] = [];
  harness.monitor.subscribe(() => {
    const { at, entities } = harness.monitor.snapshot();
    const p99 = entities[0]!.values.p99!;
    if (published.at(-1)?.at !== at && !Number.isNaN(p99)) published.push({ at, p99 });
  });
  return { ...harness, published };
}

const drawn = (view: View, zoomMs: number, columns: number) => {
  const grid = timeGrid(view.snapshot.at, zoomMs, columns);
  const measure = measureOf(view.kinds.entities.get("service")!, "p99")!;
  return { grid, ...measureColumns(view, view.snapshot.entities[0], measure, grid) };
};

describe("a spike of p99", () => {
  it("is drawn as high as it was published, in its column, at every zoom and age, drawn anew or continued", () => {
    const tally = { shown: 0, all: 0 };
    for (let seed = 1; seed <= SEEDS; seed++) {
      const random = createRandom(seed, "spikes");
      const { monitor, session, clock, run, published } = spiky(seed);
      const start = clock.now();
      const continued = createChartMemory();
      run(30);
      while (clock.now() < start + HOURS * 3600 * SECOND) {
        run(60 + random.next() * 400);
        const params = { latency: 1500 + 3000 * random.next() };
        monitor.dispatch({ type: "inject", entity: "api", kind: "latency", params, ttlMs: SECOND });
        run(random.next() * 20);
        for (const zoomMs of ZOOMS)
          drawn({ ...viewOf({ session, monitor }, 0), memory: continued }, zoomMs, 100);
      }
      const now = monitor.snapshot().at;
      const peaks = published.filter(
        ({ at, p99 }, nth) => p99 > 1000 && !(published[nth - 1]!.p99 >= p99) && at > start,
      );
      const instants = [now, ...Array.from({ length: 6 }, () => start + random.next() * (now - start))];
      for (const instant of instants) {
        const past = instant === now ? undefined : instant;
        for (const memory of [createChartMemory(), continued]) {
          for (const zoomMs of ZOOMS) {
            const columns = 40 + Math.floor(random.next() * 160);
            const view = { ...viewOf({ session, monitor }, 0, past), memory };
            const { grid, values } = drawn(view, zoomMs, columns);
            const from = (grid.newest - columns) * grid.stepMs;
            for (const { at, p99 } of peaks) {
              const column = Math.ceil((at - from) / grid.stepMs - 1e-6) - 1;
              if (at > view.snapshot.at || column < 0) continue;
              // A higher one within the longest slot, a minute, may stand for this one.
              const isTop = !peaks.some((other) => other.p99 > p99 && Math.abs(other.at - at) < 60_000);
              if (!isTop) continue;
              tally.all += 1;
              if (values[column]! >= p99) tally.shown += 1;
              const own = published.filter(
                (one) => Math.ceil((one.at - from) / grid.stepMs - 1e-6) - 1 === column,
              );
              const highest = Math.max(
                ...own.filter((one) => one.at <= view.snapshot.at).map((one) => one.p99),
              );
              // The newest column also has the value of the table, which is computed anew for an old instant.
              if (column < columns - 1) expect(values[column]!).toBeLessThanOrEqual(highest);
            }
          }
        }
      }
    }
    expect(tally.all).toBeGreaterThan(100);
    expect(tally.shown).toBe(tally.all);
    if (HOURS > 1) console.log(`${tally.shown} of ${tally.all} spikes drawn over ${SEEDS} seeds, ${HOURS} h`);
  }, 3_600_000);
});
