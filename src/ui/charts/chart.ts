import { type PlotConfig, plot } from "asciichart";
import type { BoxGlyphs } from "../../terminal/glyphs.ts";
import type { Line, Role, Span } from "../text/line.ts";
import { span } from "../text/line.ts";

/** The rounded top of an axis, and the distance of its labels. */
export interface Scale {
  readonly max: number;
  readonly step: number;
}

const STEPS = [1, 2, 2.5, 5, 10];

/**
 * An axis from 0 with `rows` equal steps whose every label is round (1, 2, 2.5 or 5 times a power of ten)
 * and whose top is at least `value`. The steps are coarse on purpose: the axis rarely changes.
 */
export function niceScale(value: number, rows: number): Scale {
  const least = Math.max(value, Number.MIN_VALUE) / rows;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * STEPS.find((factor) => factor * power >= least * (1 - 1e-9))!;
  return { max: step * rows, step };
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
export function plotLine(values: ArrayLike<number>, { max }: Scale, rows: number, box: BoxGlyphs): string[] {
  const canvas = Array.from({ length: rows + 1 }, () => Array<string>(values.length).fill(" "));
  for (const { start, known } of segments(values)) {
    // The library draws the steps between points: the last point needs a neighbour to get its column.
    const drawn = plot([...known, known.at(-1)!], {
      min: 0,
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
  labelWidth: number,
  label: (value: number) => string,
  role: (value: number) => Role,
  box: BoxGlyphs,
): Line[] {
  // Many labels are no help: on a high chart every other row, counted from 0, goes without.
  const every = rows > 8 ? 2 : 1;
  return plotLine(values, scale, rows, box).map((text, index) => {
    const height = scale.max - index * scale.step;
    const said = (rows - index) % every === 0 ? label(height) : "";
    const labelled: Span = span(`${said.padStart(labelWidth)} `, "dim");
    return [labelled, span(box.tick, "border"), span(text, role(height))];
  });
}
