import type xterm from "@xterm/headless";
import { DEFAULT_PEN, type Pen, penOf } from "./pen.ts";

type Terminal = InstanceType<typeof xterm.Terminal>;
type BufferCell = NonNullable<ReturnType<Terminal["buffer"]["active"]["getNullCell"]>>;

export interface Cell {
  /** The character; " " for a blank, "" to the right of a wide character. */
  readonly text: string;
  readonly pen: Pen;
}

/** The content of a terminal. Equal cells are the same object, so `===` compares them. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Row by row. */
  readonly cells: readonly Cell[];
}

const known = new Map<Pen, Map<string, Cell>>();

function cellOf(text: string, pen: Pen): Cell {
  let ofPen = known.get(pen);
  if (ofPen === undefined) {
    ofPen = new Map();
    known.set(pen, ofPen);
  }
  let cell = ofPen.get(text);
  if (cell === undefined) {
    cell = { text, pen };
    ofPen.set(text, cell);
  }
  return cell;
}

function color(value: number, isDefault: boolean, isRgb: boolean, base: 30 | 40): string {
  if (isDefault) return "";
  if (isRgb) return `${base + 8};2;${value >> 16};${(value >> 8) & 255};${value & 255}`;
  if (value < 8) return String(base + value);
  return value < 16 ? String(base + 60 + value - 8) : `${base + 8};5;${value}`;
}

function penIn(cell: BufferCell): Pen {
  const on: string[] = [];
  if (cell.isBold()) on.push("1");
  if (cell.isDim()) on.push("2");
  if (cell.isItalic()) on.push("3");
  if (cell.isUnderline()) on.push("4");
  if (cell.isBlink()) on.push("5");
  if (cell.isInverse()) on.push("7");
  if (cell.isInvisible()) on.push("8");
  if (cell.isStrikethrough()) on.push("9");
  if (cell.isOverline()) on.push("53");
  return penOf(
    on,
    color(cell.getFgColor(), cell.isFgDefault(), cell.isFgRGB(), 30),
    color(cell.getBgColor(), cell.isBgDefault(), cell.isBgRGB(), 40),
  );
}

/**
 * Reads the screen. Of blanks only visible attributes count: the background, and marks such as underlines.
 */
export function readGrid(terminal: Terminal): Grid {
  const { cols: columns, rows } = terminal;
  const { active } = terminal.buffer;
  const cells: Cell[] = [];
  const scratch = active.getNullCell();
  for (let row = 0; row < rows; row++) {
    const line = active.getLine(active.viewportY + row);
    for (let column = 0; column < columns; column++) {
      const cell = line?.getCell(column, scratch);
      if (cell === undefined) cells.push(cellOf(" ", DEFAULT_PEN));
      else if (cell.getWidth() === 0) cells.push(cellOf("", penIn(cell)));
      else {
        const text = cell.getChars() || " ";
        const pen = penIn(cell);
        const isPlain = text === " " && !pen.marksBlanks;
        cells.push(cellOf(text, isPlain ? penOf([], "", pen.background) : pen));
      }
    }
  }
  return { columns, rows, cells };
}

/** An empty screen. */
export function blankGrid(columns: number, rows: number): Grid {
  const cells = Array.from({ length: columns * rows }, () => cellOf(" ", DEFAULT_PEN));
  return { columns, rows, cells };
}

export function changedCells(previous: Grid, next: Grid): number {
  return next.cells.filter((cell, at) => cell !== previous.cells[at]).length;
}
