import { type PlotConfig, plot } from "asciichart";
import type { BoxGlyphs, Glyphs } from "../../terminal/glyphs.ts";
import { type Line, type Role, span } from "../text/line.ts";
import { axisCells } from "./axis-cells.ts";

/** The rounded ends of an axis, and the distance of its labels. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

const STEPS = [1, 2, 2.5, 5, 10];

/**
 * An axis with `rows` equal steps whose every label is round (1, 2, 2.5 or 5 times a power of ten), whose top is
 * at least `high`, and which begins at 0 or, for a negative `low`, below it. The steps are coarse on purpose: the
 * axis rarely changes.
 */
export function niceScale(high: number, rows: number, low = 0): Scale {
  const ground = Math.min(0, low);
  const least = Math.max(high - ground, Number.MIN_VALUE) / rows;
  for (let power = 10 ** Math.floor(Math.log10(least)); ; power *= 10) {
    for (const factor of STEPS) {
      const step = factor * power;
      const below = Math.ceil(-ground / step - 1e-9);
      const top = (rows - below) * step;
      if (step >= least * (1 - 1e-9) && top >= high * (1 - 1e-9))
        return { min: below === 0 ? 0 : -below * step, max: top, step };
    }
  }
}

/** asciichart's ten signs in its own order, from this terminal's. */
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
 * Draws values as a line, one column each, on `rows + 1` rows of text; NaN leaves a gap. Each row is
 * exactly as long as there are values.
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
      // Its first column is the axis, which is drawn elsewhere.
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

/** A chart with its axis: labels on the left, the line coloured by the height it reaches. */
export function chartLines(
  values: ArrayLike<number>,
  rows: number,
  scale: Scale,
  label: (value: number) => string,
  role: (value: number) => Role,
  glyphs: Glyphs,
): Line[] {
  // Many labels are no help: on a high chart every other row, counted from 0, goes without.
  const every = rows > 8 ? 2 : 1;
  return plotLine(values, scale, rows, glyphs.box).map((text, index) => {
    const height = scale.max - index * scale.step;
    const isLabelled = (rows - index) % every === 0;
    return [...axisCells(isLabelled ? label(height) : "", glyphs), span(text, role(height))];
  });
}
