/** The position of a cell in the picture, in pixels. */
export interface CellBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Which arms of a line character reach the edge of its cell: left, right, up, down. */
const LINES: Readonly<Record<string, string>> = {
  "─": "lr",
  "│": "ud",
  "┌": "rd",
  "┐": "ld",
  "└": "ru",
  "┘": "lu",
  "├": "rud",
  "┤": "lud",
  "┬": "lrd",
  "┴": "lru",
  "┼": "lrud",
  "╴": "l",
  "╶": "r",
  "╵": "u",
  "╷": "d",
};
const ARCS: Readonly<Record<string, string>> = { "╭": "rd", "╮": "ld", "╰": "ru", "╯": "lu" };
const SHADES: Readonly<Record<string, number>> = { "░": 0.25, "▒": 0.5, "▓": 0.75 };

const number = (value: number) => String(Math.round(value * 100) / 100);

/** A part of a picture; parts of the same kind are joined into one SVG path. */
export interface Shape {
  readonly kind: "line" | "block" | "dots";
  /** SVG path data. */
  readonly path: string;
  /** 0..1 */
  readonly opacity: number;
}

/**
 * Lines, blocks and braille as shapes that connect to adjacent cells without the gaps of fonts. Undefined
 * for other characters, which use the font.
 */
export function glyphShape(character: string, box: CellBox): Shape | undefined {
  const line = LINES[character];
  if (line !== undefined) {
    const path = [...line].map((arm) => `M${center(box)}L${edge(box, arm)}`).join("");
    return { kind: "line", path, opacity: 1 };
  }
  const arc = ARCS[character];
  if (arc !== undefined) {
    return { kind: "line", path: `M${edge(box, arc[0]!)}Q${center(box)} ${edge(box, arc[1]!)}`, opacity: 1 };
  }
  const shade = SHADES[character];
  if (shade !== undefined) return block(box, 0, 0, 1, 1, shade);

  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x2581 && code <= 0x2588) return block(box, 0, 1 - (code - 0x2580) / 8, 1, 1);
  if (code >= 0x2589 && code <= 0x258f) return block(box, 0, 0, (0x2590 - code) / 8, 1);
  if (character === "▀") return block(box, 0, 0, 1, 0.5);
  if (character === "▐") return block(box, 0.5, 0, 1, 1);
  if (code > 0x2800 && code <= 0x28ff) return { kind: "dots", path: braille(code - 0x2800, box), opacity: 1 };
  return undefined;
}

/** A rectangle, its edges in shares 0..1 of the cell. */
function block(box: CellBox, left: number, top: number, right: number, bottom: number, opacity = 1): Shape {
  const { x, y, width, height } = box;
  const path =
    `M${number(x + left * width)} ${number(y + top * height)}H${number(x + right * width)}` +
    `V${number(y + bottom * height)}H${number(x + left * width)}Z`;
  return { kind: "block", path, opacity };
}

function center({ x, y, width, height }: CellBox): string {
  return `${number(x + width / 2)} ${number(y + height / 2)}`;
}

function edge({ x, y, width, height }: CellBox, arm: string): string {
  if (arm === "l") return `${number(x)} ${number(y + height / 2)}`;
  if (arm === "r") return `${number(x + width)} ${number(y + height / 2)}`;
  return `${number(x + width / 2)} ${number(arm === "u" ? y : y + height)}`;
}

/** Bits 0..2 are the left column from the top, 3..5 the right one, 6 and 7 the row below. */
function braille(bits: number, { x, y, width, height }: CellBox): string {
  let dots = "";
  for (let bit = 0; bit < 8; bit++) {
    if ((bits & (1 << bit)) === 0) continue;
    const column = bit < 6 ? Math.floor(bit / 3) : bit - 6;
    const row = bit < 6 ? bit % 3 : 3;
    const left = number(x + (column + 0.5) * (width / 2) - 1.2);
    dots += `M${left} ${number(y + (row + 0.5) * (height / 4))}a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0 -2.4 0`;
  }
  return dots;
}
