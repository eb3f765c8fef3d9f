import { describe, expect, it } from "vitest";
import { glyphsFor } from "../../../src/terminal/glyphs.ts";
import { barLines } from "../../../src/ui/charts/bars.ts";
import { bars } from "../../../src/ui/panels/bars.ts";
import { startSession, textOf } from "../harness.ts";
import { instanceOf, textsOf, viewOf } from "../panels/painting.ts";

const GUTTER = 9;
const SIZE = { width: 109, height: 12 };
const DAY = 5;
const ERRORS = { nth: 0 };
const THROUGHPUT = { nth: 1 };

describe("bars", () => {
  const look = {
    scale: { min: 0, max: 4, step: 2 },
    label: String,
    role: (value: number) => (value > 3 ? ("critical" as const) : ("mark" as const)),
    glyphs: glyphsFor(true),
  };

  it("have the height of their values, in eighths; zero is a dot, unknown a gap", () => {
    const lines = barLines([4, 3, 2, 1, 0.001, 0, Number.NaN], 2, look);
    expect(lines.map(textOf)).toEqual(["      4 ┤█▄     ", "      2 ┤███▄▁· "]);
  });

  it("have the colour of their value", () => {
    const [, ground] = barLines([4, 1, 3.5], 2, look);
    expect(ground!.slice(2).map(({ text, role }) => [text, role])).toEqual([
      ["█", "critical"],
      ["▄", "mark"],
      ["█", "critical"],
    ]);
  });
});

describe("the bars of errors", () => {
  /** `back` fails for 10 s after two minutes, then is healthy for an hour. */
  function burst() {
    const harness = startSession();
    harness.run(120);
    harness.press("j");
    harness.monitor.dispatch({
      type: "inject",
      entity: "back",
      kind: "errors",
      params: { error_rate: 100 },
      ttlMs: 10_000,
    });
    harness.run(3600);
    return harness;
  }

  it("show a burst of ten seconds on a chart of a day, in its colour", () => {
    const view = viewOf(burst(), DAY);
    const spikes = bars
      .paint(view, SIZE, instanceOf(bars, ERRORS))
      .flatMap(({ line }) => line)
      .filter(({ role }) => role === "critical");
    expect(spikes.length).toBeGreaterThan(0);
    // In the mean of its column, a quarter of an hour, it would be a hundredth.
    const labels = textsOf(bars, view, SIZE, ERRORS).filter((row) => row.includes("█"));
    expect(labels.length).toBeGreaterThan(3);
  });

  it("are labelled in percent, up to 100", () => {
    const harness = startSession();
    harness.run(20);
    harness.press("j");
    harness.monitor.dispatch({
      type: "inject",
      entity: "back",
      kind: "errors",
      params: { error_rate: 100 },
      ttlMs: 60_000,
    });
    harness.run(20);
    const labels = textsOf(bars, viewOf(harness, 0), { ...SIZE, height: 8 }, ERRORS)
      .map((row) => row.slice(0, 8).trim())
      .filter((label) => label !== "");
    expect(labels.length).toBeGreaterThan(2);
    for (const label of labels) {
      expect(label).toMatch(/^[\d.]+%$/);
      expect(Number.parseFloat(label)).toBeLessThanOrEqual(100);
    }
  });
});

describe("the bars of throughput", () => {
  it("show the mean rate since the start, at any zoom", () => {
    const harness = startSession();
    harness.run(3600);
    for (const [zoom, watched] of [
      [0, 100],
      [1, 100],
      [3, 99],
      [DAY, 4],
    ] as const) {
      const view = viewOf(harness, zoom);
      const rows = textsOf(bars, view, SIZE, THROUGHPUT).slice(0, -2);
      // Forty requests per second: filled up to 20, in no column up to 70.
      const at = (value: number) => rows.find((row) => Number(row.slice(0, 7)) === value);
      expect(at(20)?.slice(-watched), `zoom ${zoom}`).toBe("█".repeat(watched));
      expect(at(70)?.slice(GUTTER).trim() ?? "").toBe("");
      if (zoom === DAY)
        expect(
          at(20)!
            .slice(GUTTER, GUTTER + 90)
            .trim(),
        ).toBe("");
    }
  });

  it("rise with the traffic", () => {
    const harness = startSession();
    harness.run(40);
    const top = () =>
      Number.parseFloat(textsOf(bars, viewOf(harness, 0), { ...SIZE, height: 8 }, THROUGHPUT)[0]!);
    const before = top();
    harness.press("ft");
    harness.run(20);
    expect(top()).toBeGreaterThan(before);
  });
});
