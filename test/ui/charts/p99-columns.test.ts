import { describe, expect, it } from "vitest";
import type { Snapshot } from "../../../src/monitor/types.ts";
import { p99Columns } from "../../../src/ui/charts/p99-columns.ts";
import { timeGrid } from "../../../src/ui/charts/time-grid.ts";
import { ZOOMS } from "../../../src/ui/state.ts";
import type { View } from "../../../src/ui/view.ts";
import { viewOf } from "../panels/painting.ts";
import { startSession } from "../rig.ts";

/** The same past, of which nothing is remembered, and how many values were asked of it. */
function afresh(view: View) {
  const { history } = view.snapshot;
  const asked = { points: 0 };
  const copy: Snapshot["history"] = {
    stats: history.stats.bind(history),
    distribution: history.distribution.bind(history),
    shareWithin: history.shareWithin.bind(history),
    gaugeSeries: history.gaugeSeries.bind(history),
    labelSets: history.labelSets.bind(history),
    counterRates: history.counterRates.bind(history),
    counterSeries: history.counterSeries.bind(history),
    series(service, query) {
      asked.points += query.points;
      return history.series(service, query);
    },
  };
  return { asked, view: { ...view, snapshot: { ...view.snapshot, history: copy } } };
}

const columnsOf = (view: View, zoomMs: number) =>
  [...view.snapshot.services, undefined].map((service) =>
    p99Columns(view, service, timeGrid(view.snapshot.at, zoomMs, 52)),
  );

describe("p99 over time", () => {
  it("is the same whether it was remembered or asked anew, also back and forth", () => {
    const rig = startSession();
    rig.run(70);
    rig.press("jfl");
    for (const seconds of [1, 0.5, 3, 40, 0.5, 200]) {
      rig.run(seconds);
      const now = rig.monitor.snapshot().at;
      for (const back of [0, 7_500, 30_000, 1_000]) {
        const view = viewOf(rig, 0, now - back);
        for (const zoomMs of ZOOMS.slice(0, 3))
          expect(columnsOf(view, zoomMs)).toEqual(columnsOf(afresh(view).view, zoomMs));
      }
    }
  });

  it("remembers nothing that may still change", () => {
    const rig = startSession();
    rig.run(30);
    rig.press("jfl");
    // Half seconds: every other time the newest columns end in a second that is not over yet.
    for (let times = 0; times < 60; times++) {
      rig.run(0.5);
      const view = rig.session.view();
      expect(columnsOf(view, 60_000)).toEqual(columnsOf(afresh(view).view, 60_000));
    }
  });

  it("asks for what is settled once", () => {
    const rig = startSession();
    rig.run(400);
    const [zoomMs] = [ZOOMS[1]];
    const first = afresh(rig.session.view());
    columnsOf(first.view, zoomMs);
    const whole = first.asked.points;
    expect(whole).toBeGreaterThanOrEqual(3 * 51);
    rig.run(6);
    const { history } = first.view.snapshot;
    const later = rig.session.view();
    columnsOf({ ...later, snapshot: { ...later.snapshot, history } }, zoomMs);
    expect(first.asked.points - whole).toBeLessThan(whole / 10);
  });

  it("ends with the number that the table shows, and has nothing where nothing was requested", () => {
    const rig = startSession();
    rig.run(20);
    const view = rig.session.view();
    const [front] = columnsOf(view, 60_000);
    expect(front!.at(-1)).toBe(view.snapshot.services[0]!.stats.p99);
    expect(front![0]).toBeNaN();
  });

  it("shows a spike of just now in a column that is still filling up, and keeps it there", () => {
    const rig = startSession();
    rig.run(60);
    rig.monitor.dispatch({ type: "inject", service: "back", kind: "latency", intensity: 3200, ttlMs: 2000 });
    const newest = (zoomMs: number) => columnsOf(rig.session.view(), zoomMs)[1]!.at(-1)!;
    rig.run(6);
    expect(newest(86_400_000)).toBeGreaterThan(3000);
    // Long out of the window of the number in the table; the column of half an hour has not ended.
    for (const seconds of [20, 0.5, 100, 300]) {
      rig.run(seconds);
      expect(rig.session.view().snapshot.services[1]!.stats.p99).toBeLessThan(1000);
      expect(newest(86_400_000)).toBeGreaterThan(3000);
    }
    // And nothing of what was still to come where the screen goes back.
    const [, back] = columnsOf(viewOf(rig, 0, rig.monitor.snapshot().startedAt + 50_000), 86_400_000);
    expect(back!.at(-1)).toBeLessThan(1000);
  });

  it.each([0, 10, 20, 30, 40, 50])(
    "keeps a short spike in sight on a chart of a day, at second %i of a minute",
    (second) => {
      const rig = startSession();
      rig.run(960 + second);
      rig.monitor.dispatch({
        type: "inject",
        service: "back",
        kind: "latency",
        intensity: 3200,
        ttlMs: 2000,
      });
      // Then it lies in steps of ten seconds, and the half hour it falls into is over.
      rig.run(3600);
      for (const zoomMs of [21_600_000, 86_400_000]) {
        const [, back] = columnsOf(rig.session.view(), zoomMs);
        expect(Math.max(...back!.filter((value) => !Number.isNaN(value)))).toBeGreaterThan(3000);
      }
    },
  );

  it("keeps a spike of one window in sight on a chart of an hour", () => {
    const rig = startSession();
    rig.run(60);
    rig.monitor.dispatch({ type: "inject", service: "back", kind: "latency", intensity: 3200, ttlMs: 2000 });
    rig.run(3000);
    const [, back] = columnsOf(rig.session.view(), 3_600_000);
    expect(Math.max(...back!.filter((value) => !Number.isNaN(value)))).toBeGreaterThan(3000);
  });
});
