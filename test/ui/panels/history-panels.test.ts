import { describe, expect, it } from "vitest";
import { compare } from "../../../src/ui/panels/compare.ts";
import { errorBars } from "../../../src/ui/panels/error-bars.ts";
import { gauges } from "../../../src/ui/panels/gauges.ts";
import { heatmap } from "../../../src/ui/panels/heatmap.ts";
import { lines } from "../../../src/ui/panels/lines.ts";
import { statusTimeline } from "../../../src/ui/panels/status-timeline.ts";
import { throughputBars } from "../../../src/ui/panels/throughput-bars.ts";
import { ZOOMS } from "../../../src/ui/state.ts";
import { startSession } from "../rig.ts";
import { textsOf, viewOf, widestRow } from "./painting.ts";

const PANELS = [heatmap, errorBars, throughputBars, statusTimeline, compare, lines, gauges];
const SIZES = [
  { width: 116, height: 30 },
  { width: 76, height: 12 },
  { width: 40, height: 6 },
  { width: 20, height: 4 },
  { width: 12, height: 3 },
];

/** A fleet of which nothing is known yet, and one in which a fault works after a minute. */
function rigs(unicode = true) {
  const silent = startSession({ unicode });
  const broken = startSession({ unicode });
  broken.run(60);
  broken.press("jfl");
  broken.run(15);
  return { silent, broken };
}

describe.each(PANELS.map((kind) => [kind.kind, kind] as const))("the panel %s", (_name, kind) => {
  it("stays inside its size at every zoom", () => {
    const { silent, broken } = rigs();
    for (const size of SIZES) {
      for (let zoom = 0; zoom < ZOOMS.length; zoom++) {
        for (const rig of [silent, broken]) {
          const view = viewOf(rig, zoom);
          expect(textsOf(kind, view, size).length).toBeLessThanOrEqual(size.height);
          expect(widestRow(kind, view, size), `${size.width}`).toBeLessThanOrEqual(size.width);
        }
      }
    }
    expect(kind.paint(viewOf(broken, 0), { width: 1, height: 1 }).length).toBeLessThanOrEqual(1);
  });

  it("has an ASCII twin of everything", () => {
    const { silent, broken } = rigs(false);
    for (const rig of [silent, broken]) {
      const view = viewOf(rig, 1);
      const text = [kind.title(view), ...textsOf(kind, view, SIZES[0]!)].join("");
      expect(text.replace(/[\x20-\x7e]/g, "")).toBe("");
    }
  });

  it("shows of a past instant what it showed then, and nothing of what came later", () => {
    const { broken } = rigs();
    const at = broken.clock.now();
    // The second that was open then may still get a few requests.
    broken.run(2);
    const size = { width: 100, height: 14 };
    const zooms = [0, 1, 3, 5];
    const then = zooms.map((zoom) => textsOf(kind, viewOf(broken, zoom, at), size));
    broken.run(5);
    broken.press("x");
    broken.run(45);
    const now = zooms.map((zoom) => textsOf(kind, viewOf(broken, zoom), size));
    expect(now[0]).not.toEqual(then[0]);
    expect(zooms.map((zoom) => textsOf(kind, viewOf(broken, zoom, at), size))).toEqual(then);
  });

  it("keeps to itself, back in a calm moment, that trouble was about to come", () => {
    const rig = startSession();
    rig.press("j");
    rig.run(60);
    const calm = rig.clock.now();
    rig.run(2);
    const size = { width: 100, height: 14 };
    const shown = () => ZOOMS.map((_, zoom) => textsOf(kind, viewOf(rig, zoom, calm), size));
    const before = shown();
    for (const [kind, intensity] of [
      ["errors", 100],
      ["traffic", 300],
    ] as const)
      rig.monitor.dispatch({ type: "inject", service: "back", kind, intensity, ttlMs: 60_000 });
    rig.run(30);
    expect(textsOf(kind, viewOf(rig, 0), size)).not.toEqual(before[0]);
    expect(shown()).toEqual(before);
  });

  it("says in a sentence what would be there", () => {
    const { silent } = rigs();
    const view = { ...viewOf(silent, 0), services: [], selected: undefined };
    expect(textsOf(kind, view, { width: 120, height: 5 }).join(" ")).toMatch(
      /would be here|no service matches/,
    );
  });
});
