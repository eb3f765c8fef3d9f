import { type PlotConfig, plot } from "asciichart";
import type { BoxGlyphs, Glyphs } from "../../terminal/glyphs.ts";
import { lineOf } from "../text/cells.ts";
import type { Line, Role } from "../text/line.ts";
import { axisCells } from "./axis-cells.ts";

/** The rounded ends of an axis and the distance of its labels. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

const STEPS = [1, 2, 2.5, 5, 10];

/** On a high chart only every second or fourth row, counted from the bottom, has a label. */
export function labelEvery(rows: number): number {
  return rows <= 8 ? 1 : rows <= 16 ? 2 : 4;
}

/**
 * An axis with `rows` equal steps whose labels are round (1, 2, 2.5 or 5 times a power of ten), whose top is at
 * least `high`, and which starts at 0 or, for a negative `low`, below it. The steps are coarse, so that the
 * axis rarely changes.
 */
export function niceScale(high: number, rows: number, low = 0): Scale {
  const ground = Math.min(0, low);
  // Steps between the labels of a very high chart need not be round; coarse ones would leave half of it
  // empty.
  const perLabel = rows > 16 ? labelEvery(rows) : 1;
  const least = (Math.max(high - ground, Number.MIN_VALUE) / rows) * perLabel;
  for (let power = 10 ** Math.floor(Math.log10(least)); ; power *= 10) {
    for (const factor of STEPS) {
      const label = factor * power;
      const step = label / perLabel;
      const below = Math.ceil(-ground / label - 1e-9) * perLabel;
      const top = (rows - below) * step;
      if (label >= least * (1 - 1e-9) && top >= high * (1 - 1e-9))
        return { min: below === 0 ? 0 : -below * step, max: top, step };
    }
  }
}

/** The ten symbols of asciichart in its order, as glyphs of this terminal. */
function symbols(box: BoxGlyphs): NonNullable<PlotConfig["symbols"]> {
  const { cross, tick, horizontal, bottomLeft, topLeft, topRight, bottomRight, vertical } = box;
  return [
    cross,
    tick,
    horizontal,
    horizontal,
    horizontal,
    bottomLeft,
    topLeft,
    topRight,
    bottomRight,
    vertical,
  ];
}

/**
 * Draws values as a line, one column each, on `rows + 1` rows of text; NaN leaves a gap. Each row has one
 * column per value.
 */
export function plotLine(
  values: ArrayLike<number>,
  { min, max }: Pick<Scale, "min" | "max">,
  rows: number,
  box: BoxGlyphs,
): string[] {
  const canvas = Array.from({ length: rows + 1 }, () => Array<string>(values.length).fill(" "));
  for (const { start, known } of segments(values)) {
    // The library draws the steps between points: the last point needs a neighbour to get its column.
    const drawn = plot([...known, known.at(-1)!], {
      min,
      max,
      height: rows,
      offset: 1,
      format: () => " ",
      symbols: symbols(box),
    });
    for (const [row, text] of drawn.split("\n").entries()) {
      // The first column is the axis, which is drawn elsewhere.
      for (const [column, sign] of [...text].slice(1).entries()) {
        if (sign !== " " && start + column < values.length) canvas[row]![start + column] = sign;
      }
    }
  }
  return canvas.map((row) => row.join(""));
}

/** The runs of known values between the gaps. */
function* segments(values: ArrayLike<number>): Generator<{ start: number; known: number[] }> {
  let known: number[] = [];
  for (let index = 0; index <= values.length; index++) {
    const value = index < values.length ? values[index]! : Number.NaN;
    if (!Number.isNaN(value)) known.push(value);
    else if (known.length > 0) {
      yield { start: index - known.length, known };
      known = [];
    }
  }
}

/** A chart with its axis: labels on the left, the line coloured by its height and, at a column, its strength. */
export function chartLines(
  values: ArrayLike<number>,
  rows: number,
  scale: Scale,
  label: (value: number) => string,
  role: (value: number, column: number) => Role,
  glyphs: Glyphs,
): Line[] {
  const every = labelEvery(rows);
  return plotLine(values, scale, rows, glyphs.box).map((text, index) => {
    const height = scale.max - index * scale.step;
    const isLabelled = (rows - index) % every === 0;
    const cells = Array.from(text, (sign, column) => ({ text: sign, role: role(height, column) }));
    return [...axisCells(isLabelled ? label(height) : "", glyphs), ...lineOf(cells)];
  });
}
