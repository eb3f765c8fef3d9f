import { describe, expect, it } from "vitest";
import { bars } from "../../../src/ui/panels/bars.ts";
import { compare } from "../../../src/ui/panels/compare.ts";
import { headlineChart } from "../../../src/ui/panels/headline-chart.ts";
import { heatmap } from "../../../src/ui/panels/heatmap.ts";
import { lines } from "../../../src/ui/panels/lines.ts";
import { measures } from "../../../src/ui/panels/measures.ts";
import { statusTimeline } from "../../../src/ui/panels/status-timeline.ts";
import type { PanelKind, PanelOptions } from "../../../src/ui/panels/types.ts";
import { ZOOMS } from "../../../src/ui/state.ts";
import { startSession } from "../harness.ts";
import { textsOf, titleOf, viewOf, widestRow } from "./painting.ts";

const PANELS: readonly (readonly [string, PanelKind, PanelOptions])[] = [
  ["heatmap", heatmap, {}],
  ["first bars", bars, { nth: 0 }],
  ["second bars", bars, { nth: 1 }],
  ["status-timeline", statusTimeline, {}],
  ["compare", compare, {}],
  ["lines", lines, {}],
  ["measures", measures, {}],
  ["headline-chart", headlineChart, {}],
];
const SIZES = [
  { width: 116, height: 30 },
  { width: 76, height: 12 },
  { width: 40, height: 6 },
  { width: 20, height: 4 },
  { width: 12, height: 3 },
];

/** A fleet without data, and one with a fault after a minute. */
function startBoth(unicode = true) {
  const silent = startSession({ unicode });
  const broken = startSession({ unicode });
  broken.run(60);
  broken.press("jfl");
  broken.run(15);
  return { silent, broken };
}

describe.each(PANELS)("the panel %s", (_name, kind, options) => {
  it("stays inside its size at every zoom", () => {
    const { silent, broken } = startBoth();
    for (const size of SIZES) {
      for (let zoom = 0; zoom < ZOOMS.length; zoom++) {
        for (const harness of [silent, broken]) {
          const view = viewOf(harness, zoom);
          expect(textsOf(kind, view, size, options).length).toBeLessThanOrEqual(size.height);
          expect(widestRow(kind, view, size, options), `${size.width}`).toBeLessThanOrEqual(size.width);
        }
      }
    }
    expect(textsOf(kind, viewOf(broken, 0), { width: 1, height: 1 }, options).length).toBeLessThanOrEqual(1);
  });

  it("has ASCII replacements for everything", () => {
    const { silent, broken } = startBoth(false);
    for (const harness of [silent, broken]) {
      const view = viewOf(harness, 1);
      const text = [titleOf(kind, view, options), ...textsOf(kind, view, SIZES[0]!, options)].join("");
      expect(text.replace(/[\x20-\x7e]/g, "")).toBe("");
    }
  });

  it("shows a past instant as it was shown then, without later values", () => {
    const { broken } = startBoth();
    const at = broken.clock.now();
    // The second that was open then can still get a few requests.
    broken.run(2);
    const size = { width: 100, height: 14 };
    const zooms = [0, 1, 3, 5];
    const then = zooms.map((zoom) => textsOf(kind, viewOf(broken, zoom, at), size, options));
    broken.run(5);
    broken.press("x");
    broken.run(45);
    const now = zooms.map((zoom) => textsOf(kind, viewOf(broken, zoom), size, options));
    expect(now[0]).not.toEqual(then[0]);
    expect(zooms.map((zoom) => textsOf(kind, viewOf(broken, zoom, at), size, options))).toEqual(then);
  });

  it("does not show a later fault at a healthy instant of the past", () => {
    const harness = startSession();
    harness.press("j");
    harness.run(60);
    const calm = harness.clock.now();
    harness.run(2);
    const size = { width: 100, height: 14 };
    const shown = () => ZOOMS.map((_, zoom) => textsOf(kind, viewOf(harness, zoom, calm), size, options));
    const before = shown();
    for (const [fault, params] of [
      ["errors", { error_rate: 100 }],
      ["traffic", { factor: 4 }],
      ["latency", { latency: 3200 }],
      ["cpu", { share: 95 }],
    ] as const)
      harness.monitor.dispatch({ type: "inject", entity: "back", kind: fault, params, ttlMs: 60_000 });
    harness.run(30);
    expect(textsOf(kind, viewOf(harness, 0), size, options)).not.toEqual(before[0]);
    expect(shown()).toEqual(before);
  });

  it("shows a message if it is empty", () => {
    const { silent } = startBoth();
    const view = { ...viewOf(silent, 0), entities: [], sections: [], selected: undefined };
    expect(textsOf(kind, view, { width: 120, height: 5 }, options).join(" ")).toMatch(
      /shows (measures|changes)|no entities|nothing is selected|nothing matches/,
    );
  });
});
