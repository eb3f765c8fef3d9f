/** How many colours a terminal shows: none, the 16 named ones, the xterm palette of 256, or 24 bits. */
export type ColorDepth = "none" | "16" | "256" | "truecolor";

/** A colour in the three forms that terminals support; themes consist of these. */
export interface Color {
  /** Red, green, blue, 0..255 each. */
  readonly truecolor: readonly [number, number, number];
  /** Index into the xterm palette, 0..255. */
  readonly ansi256: number;
  /** One of the 16 named colours, 0..15; undefined: the default of the terminal. */
  readonly ansi16: number | undefined;
}

/** The SGR parameters that select a text colour; "" for the default of the terminal. */
export function foreground(color: Color, depth: ColorDepth): string {
  return encode(color, depth, 38);
}

/** The SGR parameters that select a background colour; "" for the default of the terminal. */
export function background(color: Color, depth: ColorDepth): string {
  return encode(color, depth, 48);
}

function encode(color: Color, depth: ColorDepth, extended: 38 | 48): string {
  switch (depth) {
    case "none":
      return "";
    case "16":
      return color.ansi16 === undefined ? "" : named(color.ansi16, extended);
    case "256":
      return `${extended};5;${color.ansi256}`;
    case "truecolor":
      return `${extended};2;${color.truecolor.join(";")}`;
  }
}

/** 30..37 and 90..97 for text, 40..47 and 100..107 for the background. */
function named(index: number, extended: 38 | 48): string {
  const first = extended - 8 + (index < 8 ? 0 : 60);
  return String(first + (index % 8));
}

/**
 * Reduces a colour to the depth of this terminal.
 * @param extended 38 for text, 48 for the background
 * @param color an index into the xterm palette (below 16: the named colours), or red, green and blue
 * @returns SGR parameters, "" at depth "none"
 */
export function reduceColor(
  extended: 38 | 48,
  color: number | readonly [number, number, number],
  depth: ColorDepth,
): string {
  if (depth === "none") return "";
  if (typeof color !== "number") {
    if (depth === "truecolor") return `${extended};2;${color.join(";")}`;
    if (depth === "256") return `${extended};5;${nearest(color, 16, 256)}`;
    return named(nearest(color, 0, 16), extended);
  }
  if (color < 16) return named(color, extended);
  return depth === "16" ? named(nearest(paletteColor(color), 0, 16), extended) : `${extended};5;${color}`;
}

/** The six levels of the 6x6x6 cube that fills 16..231 of the xterm palette. */
const CUBE_LEVELS = [0, 95, 135, 175, 215, 255] as const;

/** xterm's defaults for the 16 named colours. Users change them, but the comparison needs an assumption. */
const NAMED_COLORS = [
  [0, 0, 0],
  [205, 0, 0],
  [0, 205, 0],
  [205, 205, 0],
  [0, 0, 238],
  [205, 0, 205],
  [0, 205, 205],
  [229, 229, 229],
  [127, 127, 127],
  [255, 0, 0],
  [0, 255, 0],
  [255, 255, 0],
  [92, 92, 255],
  [255, 0, 255],
  [0, 255, 255],
  [255, 255, 255],
] as const;

/** Red, green and blue of an index into the xterm palette, 0..255. */
export function paletteColor(index: number): readonly [number, number, number] {
  if (index < 16) return NAMED_COLORS[index]!;
  if (index >= 232) {
    const gray = 8 + (index - 232) * 10;
    return [gray, gray, gray];
  }
  const cube = index - 16;
  return [
    CUBE_LEVELS[Math.floor(cube / 36)]!,
    CUBE_LEVELS[Math.floor(cube / 6) % 6]!,
    CUBE_LEVELS[cube % 6]!,
  ];
}

/**
 * The index in [from, to) of the palette colour nearest to a colour. The distance is "redmean", a cheap
 * approximation of perceived difference (https://www.compuphase.com/cmetric.htm).
 */
function nearest([red, green, blue]: readonly [number, number, number], from: number, to: number): number {
  let best = from;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let index = from; index < to; index++) {
    const [r, g, b] = paletteColor(index);
    const mean = (red + r) / 2;
    const distance =
      (2 + mean / 256) * (red - r) ** 2 + 4 * (green - g) ** 2 + (2 + (255 - mean) / 256) * (blue - b) ** 2;
    if (distance < bestDistance) {
      best = index;
      bestDistance = distance;
    }
  }
  return best;
}
