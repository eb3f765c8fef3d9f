import { describe, expect, it } from "vitest";
import { createParts } from "../../../src/monitor/monitor.ts";
import { createStore } from "../../../src/store/index.ts";
import { createChartMemory } from "../../../src/ui/chart-memory.ts";
import { measureColumns } from "../../../src/ui/charts/measure-columns.ts";
import { timeGrid } from "../../../src/ui/charts/time-grid.ts";
import { ZOOMS } from "../../../src/ui/state.ts";
import { measureOf } from "../../../src/ui/text/values.ts";
import type { View } from "../../../src/ui/view.ts";
import { CALM, configOf, startMonitor } from "../../monitor/harness.ts";
import { openSession, startSession } from "../harness.ts";
import { viewOf } from "../panels/painting.ts";

/** The same view with an empty cache, counting the values read from the history. */
function uncached(view: View) {
  const { history } = view;
  const asked = { points: 0 };
  const counting: View["history"] = {
    ...history,
    series(entity, measure, query, spread) {
      asked.points += query.points;
      return history.series(entity, measure, query, spread);
    },
  };
  return { asked, view: { ...view, history: counting, memory: createChartMemory() } };
}

const columnsOf = (view: View, zoomMs: number) =>
  [...view.snapshot.entities, undefined].map((entity) => {
    const measure = measureOf(view.kinds.entities.get("service")!, "p99")!;
    return measureColumns(view, entity, measure, timeGrid(view.snapshot.at, zoomMs, 52)).values;
  });

describe("p99 over time", () => {
  it("is the same from the cache and from the history, also after time jumps", () => {
    const harness = startSession();
    harness.run(70);
    harness.press("jfl");
    for (const seconds of [1, 0.5, 3, 40, 0.5, 200]) {
      harness.run(seconds);
      const now = harness.monitor.snapshot().at;
      for (const back of [0, 7_500, 30_000, 1_000]) {
        const view = viewOf(harness, 0, now - back);
        for (const zoomMs of ZOOMS.slice(0, 3))
          expect(columnsOf(view, zoomMs)).toEqual(columnsOf(uncached(view).view, zoomMs));
      }
    }
  });

  it("caches no values that can still change", () => {
    const harness = startSession();
    harness.run(30);
    harness.press("jfl");
    // Half seconds: every second time the newest columns end in an open second.
    for (let times = 0; times < 60; times++) {
      harness.run(0.5);
      const view = harness.session.view();
      expect(columnsOf(view, 60_000)).toEqual(columnsOf(uncached(view).view, 60_000));
    }
  });

  it("reads no metrics while the published values are kept, and final values once when they are gone", () => {
    const kept = startSession();
    kept.run(400);
    const first = uncached(kept.session.view());
    columnsOf(first.view, ZOOMS[2]);
    expect(first.asked.points).toBe(0);

    const store = createStore({ limits: { worstBytes: 1 } });
    const forgetful = openSession(startMonitor(CALM, undefined, { ...createParts(), store }));
    forgetful.run(600);
    const later = uncached(forgetful.session.view());
    const [front, back] = columnsOf(later.view, ZOOMS[2]);
    const whole = later.asked.points;
    expect(whole).toBeGreaterThan(30);
    // As far back as the metrics reach: ten of fifteen minutes.
    for (const values of [front!, back!])
      expect(values.filter((value) => !Number.isNaN(value)).length).toBeGreaterThan(30);
    columnsOf(
      { ...forgetful.session.view(), history: later.view.history, memory: later.view.memory },
      ZOOMS[2],
    );
    expect(later.asked.points - whole).toBeLessThan(whole / 10);
  });

  it("ends with the value in the table, and is unknown without requests", () => {
    const harness = startSession();
    harness.run(20);
    const view = harness.session.view();
    const [front] = columnsOf(view, 60_000);
    // A column of about half a second has one tick or two, and shows the worse.
    const before = harness.monitor.snapshotAt(view.snapshot.at - 1).entities[0]!.values.p99!;
    const { p99 } = view.snapshot.entities[0]!.values;
    expect([p99, Math.max(p99!, before)]).toContain(front!.at(-1));
    expect(front![0]).toBeNaN();
  });

  it("shows a new spike in the incomplete column, and keeps it there", () => {
    const harness = startSession();
    harness.run(60);
    harness.monitor.dispatch({
      type: "inject",
      entity: "back",
      kind: "latency",
      params: { latency: 3200 },
      ttlMs: 2000,
    });
    const newest = (zoomMs: number) => columnsOf(harness.session.view(), zoomMs)[1]!.at(-1)!;
    harness.run(6);
    expect(newest(86_400_000)).toBeGreaterThan(3000);
    // No longer in the window of the value in the table; the column of half an hour has not ended.
    for (const seconds of [20, 0.5, 100, 300]) {
      harness.run(seconds);
      expect(harness.session.view().snapshot.entities[1]!.values.p99).toBeLessThan(1000);
      expect(newest(86_400_000)).toBeGreaterThan(3000);
    }
    // And no later values on a paused screen.
    const [, back] = columnsOf(viewOf(harness, 0, harness.monitor.snapshot().startedAt + 50_000), 86_400_000);
    expect(back!.at(-1)).toBeLessThan(1000);
  });

  it("shows no old data of an entity that was removed and added again", () => {
    const harness = startSession();
    harness.run(60);
    const zoomMs = ZOOMS[0];
    const known = (nth: number) =>
      columnsOf(harness.session.view(), zoomMs)[nth]!.filter((value) => !Number.isNaN(value)).length;
    expect(known(1)).toBeGreaterThan(40);
    const both = configOf(CALM);
    harness.monitor.reconfigure(configOf("services: [{ name: front, base_latency: 20ms }]"));
    harness.run(1);
    harness.monitor.reconfigure(both);
    harness.run(5);
    const view = harness.session.view();
    expect(view.snapshot.entities[1]!.name).toBe("back");
    expect(columnsOf(view, zoomMs)).toEqual(columnsOf(uncached(view).view, zoomMs));
    expect(known(1)).toBeLessThan(15);
  });
});
