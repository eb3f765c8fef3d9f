import { type ColorDepth, reduceColor } from "./color-depth.ts";

/** The style of a cell. Colours are SGR parameters, "" for the default of the terminal. */
interface Style {
  readonly foreground: string;
  readonly background: string;
  /** Bits of `ATTRIBUTES`. */
  readonly attributes: number;
}

const BOLD = 1;
const DIM = 2;
const ITALIC = 4;
const UNDERLINE = 8;
const INVERSE = 16;
const STRIKE = 32;

/** Bit, the parameter that sets it, the parameter that resets it (bold and dim share one). */
const ATTRIBUTES = [
  [BOLD, 1, 22],
  [DIM, 2, 22],
  [ITALIC, 3, 23],
  [UNDERLINE, 4, 24],
  [INVERSE, 7, 27],
  [STRIKE, 9, 29],
] as const;

/** Attributes that are visible on a blank, together with its foreground colour. */
const SHOWS_ON_BLANK = UNDERLINE | INVERSE | STRIKE;

/** The style number after a reset. */
export const DEFAULT_STYLE = 0;

/**
 * Assigns a number to every style and computes the shortest codes from one to another. Colours are reduced
 * to the depth of the terminal first, so that styles that look the same are one style.
 */
export class StyleTable {
  readonly depth: ColorDepth;
  readonly #ids = new Map<string, number>();
  readonly #styles: Style[] = [];
  /** Cache by style: the resulting style of each string of SGR parameters. */
  readonly #applied: Map<string, number>[] = [];
  readonly #blanks: number[] = [];
  readonly #transitions = new Map<number, string>();

  constructor(depth: ColorDepth) {
    this.depth = depth;
    this.#idOf({ foreground: "", background: "", attributes: 0 });
  }

  /** How many styles are stored. */
  get size(): number {
    return this.#styles.length;
  }

  /** The style after applying SGR parameters such as "1;31" ("" resets) to a style. */
  apply(from: number, parameters: string): number {
    const known = this.#applied[from]!.get(parameters);
    if (known !== undefined) return known;
    const id = this.#idOf(applySgr(this.#styles[from]!, parameters, this.depth));
    this.#applied[from]!.set(parameters, id);
    return id;
  }

  /** The plainest style in which a blank looks the same. */
  blankOf(id: number): number {
    return this.#blanks[id]!;
  }

  /** The shortest codes from one style to another; "" if they are the same. */
  transition(from: number, to: number): string {
    if (from === to) return "";
    const key = from * 0x400_0000 + to;
    const known = this.#transitions.get(key);
    if (known !== undefined) return known;
    const codes = shortestTransition(this.#styles[from]!, this.#styles[to]!);
    this.#transitions.set(key, codes);
    return codes;
  }

  /** The number of a style from another table of the same depth. */
  adopt(other: StyleTable, id: number): number {
    return this.#idOf(other.#styles[id]!);
  }

  #idOf(style: Style): number {
    const key = `${style.foreground}/${style.background}/${style.attributes}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#styles.push(style) - 1;
    this.#ids.set(key, id);
    this.#applied.push(new Map());
    const { attributes, background } = style;
    this.#blanks.push(id);
    if ((attributes & SHOWS_ON_BLANK) === 0 && (attributes !== 0 || style.foreground !== "")) {
      this.#blanks[id] = this.#idOf({ foreground: "", background, attributes: 0 });
    }
    return id;
  }
}

function applySgr(style: Style, parameters: string, depth: ColorDepth): Style {
  let { foreground, background, attributes } = style;
  const codes = parameters.split(";");
  for (let index = 0; index < codes.length; index++) {
    const code = Number(codes[index]);
    const attribute = ATTRIBUTES.find(([, on]) => on === code);
    if (attribute) attributes |= attribute[0];
    else if (code === 0) {
      foreground = background = "";
      attributes = 0;
    } else if (code >= 22 && code <= 29) {
      for (const [bit, , off] of ATTRIBUTES) if (off === code) attributes &= ~bit;
    } else if (code >= 30 && code <= 37) foreground = reduceColor(38, code - 30, depth);
    else if (code >= 90 && code <= 97) foreground = reduceColor(38, code - 82, depth);
    else if (code >= 40 && code <= 47) background = reduceColor(48, code - 40, depth);
    else if (code >= 100 && code <= 107) background = reduceColor(48, code - 92, depth);
    else if (code === 39) foreground = "";
    else if (code === 49) background = "";
    else if (code === 38 || code === 48) {
      const [color, length] = extendedColor(codes.slice(index + 1).map(Number));
      index += length;
      if (color === undefined) continue;
      if (code === 38) foreground = reduceColor(38, color, depth);
      else background = reduceColor(48, color, depth);
    }
  }
  return { foreground, background, attributes };
}

/** The parameters after 38 or 48: the colour, undefined if invalid, and the number of parameters. */
function extendedColor(
  codes: readonly number[],
): [color: number | [number, number, number] | undefined, length: number] {
  const [kind, first = Number.NaN, green = Number.NaN, blue = Number.NaN] = codes;
  const isByte = (value: number) => Number.isInteger(value) && value >= 0 && value <= 255;
  if (kind === 5) return [isByte(first) ? first : undefined, 2];
  if (kind === 2) return [[first, green, blue].every(isByte) ? [first, green, blue] : undefined, 4];
  return [undefined, 1];
}

function shortestTransition(from: Style, to: Style): string {
  const changes = changesOf(from, to);
  // An empty first parameter is a reset (ECMA-48: the default value is 0) and a byte shorter than "0".
  const fromReset = ["", ...changesOf({ foreground: "", background: "", attributes: 0 }, to)];
  const step = changes.join(";");
  const reset = fromReset.join(";");
  return `\x1b[${step.length <= reset.length ? step : reset}m`;
}

/** The parameters that change only what differs. */
function changesOf(from: Style, to: Style): string[] {
  const parameters = new Set<string>();
  let attributes = from.attributes;
  for (const [bit, , off] of ATTRIBUTES) {
    if ((attributes & bit) === 0 || (to.attributes & bit) !== 0) continue;
    parameters.add(String(off));
    for (const [other, , otherOff] of ATTRIBUTES) if (otherOff === off) attributes &= ~other;
  }
  for (const [bit, on] of ATTRIBUTES) {
    if ((to.attributes & bit) !== 0 && (attributes & bit) === 0) parameters.add(String(on));
  }
  if (from.foreground !== to.foreground) parameters.add(to.foreground || "39");
  if (from.background !== to.background) parameters.add(to.background || "49");
  return [...parameters];
}
