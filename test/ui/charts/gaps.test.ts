import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMonitor } from "../../../src/monitor/monitor.ts";
import { GUTTER } from "../../../src/ui/charts/axis-cells.ts";
import { timeGrid } from "../../../src/ui/charts/time-grid.ts";
import { bars } from "../../../src/ui/panels/bars.ts";
import { headlineChart } from "../../../src/ui/panels/headline-chart.ts";
import { heatmap } from "../../../src/ui/panels/heatmap.ts";
import { lines } from "../../../src/ui/panels/lines.ts";
import { measures } from "../../../src/ui/panels/measures.ts";
import { statusTimeline } from "../../../src/ui/panels/status-timeline.ts";
import type { PanelKind } from "../../../src/ui/panels/types.ts";
import { createSession } from "../../../src/ui/session.ts";
import { ZOOMS } from "../../../src/ui/state.ts";
import type { View } from "../../../src/ui/view.ts";
import { configOf } from "../../monitor/harness.ts";
import { machine } from "../../monitor/machine.ts";
import { textOf } from "../harness.ts";
import { instanceOf, viewOf } from "../panels/painting.ts";

const SIZE = { width: 120, height: 14 };
// So many requests that no slot of half a second, a column at the closest zoom, is without any.
const ONE = "services: [{ name: api, base_latency: 30ms, error_rate: 0, rate: 60 }]";

/** A monitor that runs, does not run, and runs again. */
function stopped(beforeMs: number, gapMs: number, afterMs: number) {
  const { clock, run, sleep } = machine();
  const monitor = createMonitor({ config: configOf(ONE), configName: "c", clock, live: true });
  monitor.start();
  run(beforeMs);
  const from = monitor.snapshot().at;
  sleep(gapMs);
  // The instant of the tick that was due when it ran again: up to a tick before now.
  const to = monitor.snapshot().at;
  run(afterMs);
  const settings = { themeIndex: 0, depth: "truecolor", unicode: true } as const;
  const session = createSession({
    monitor,
    displaySettings: settings,
    size: { width: 120, height: 40 },
    onQuit: () => {},
  });
  return { monitor, session, from, to };
}

/** The columns of a chart that are wholly in a gap, and those that are wholly outside and after the start. */
function columnsIn(view: View, columns: number, { from, to }: { from: number; to: number }) {
  const grid = timeGrid(view.snapshot.at, ZOOMS[view.ui.zoomIndex]!, columns);
  const all = Array.from({ length: columns }, (_, nth) => {
    const end = (grid.newest - columns + 1 + nth) * grid.stepMs;
    return { nth, start: end - grid.stepMs, end };
  });
  return {
    // Published values are kept in slots of a second.
    gap: all.filter(({ start, end }) => start >= from + 1000 && end <= to - 1000).map(({ nth }) => nth),
    seen: all
      .filter(
        ({ start, end }) => (end <= from && start > view.snapshot.startedAt + 2000) || start >= to + 2000,
      )
      .map(({ nth }) => nth),
  };
}

const painted = (kind: PanelKind, view: View) =>
  kind.paint(view, SIZE, instanceOf(kind)).map(({ line }) => textOf(line));

describe("a time in which the monitor did not run", () => {
  it("is unknown in the timeline of health and empty in every chart, at any zoom, also in the past", () => {
    let checked = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 20_000, max: 60_000 }),
        fc.integer({ min: 20_000, max: 3_600_000 }),
        fc.integer({ min: 20_000, max: 100_000 }),
        fc.integer({ min: 0, max: ZOOMS.length - 1 }),
        fc.option(fc.integer({ min: 0, max: 15_000 })),
        (beforeMs, gapMs, afterMs, zoomIndex, back) => {
          const run = stopped(beforeMs, gapMs, afterMs);
          const at = back === null ? undefined : run.monitor.snapshot().at - back;
          const view = viewOf(run, zoomIndex, at);
          const health = statusTimeline.paint(view, SIZE, instanceOf(statusTimeline))[0]!.line;
          const cells = health.flatMap(({ text, role }) => Array.from(text, (sign) => ({ sign, role })));
          const offset = 2 + 3 + 1;
          const timeline = columnsIn(view, SIZE.width - offset, run);
          for (const nth of timeline.gap)
            expect(cells[offset + nth]).toEqual({ sign: view.glyphs.health.unknown, role: "unknown" });
          for (const nth of timeline.seen) expect(cells[offset + nth]!.sign).toBe(view.glyphs.health.healthy);
          for (const kind of [headlineChart, bars, heatmap, measures]) {
            const chart = columnsIn(view, SIZE.width - GUTTER, run);
            const rows = painted(kind, view).slice(kind === measures ? 1 : 0, -2);
            // Second and later charts of the panel begin with a row of words.
            const plotted = rows.filter((row) => /[┤┼]/.test(row.slice(0, GUTTER)));
            for (const nth of chart.gap)
              for (const row of plotted) expect(row[GUTTER + nth] ?? " ", kind.kind).toBe(" ");
            for (const nth of chart.seen)
              expect(
                plotted.some((row) => (row[GUTTER + nth] ?? " ") !== " "),
                `${kind.kind} ${nth}`,
              ).toBe(true);
            checked += chart.gap.length;
          }
          expect(painted(lines, view).length).toBeGreaterThan(3);
        },
      ),
      { numRuns: 12 },
    );
    expect(checked).toBeGreaterThan(100);
  });
});
