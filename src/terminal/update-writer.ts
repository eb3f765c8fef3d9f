import type { Cells } from "./cells.ts";
import { moveCursor, UNKNOWN } from "./cursor-move.ts";
import { COVERED, type GlyphTable, SPACE } from "./glyph-table.ts";
import { DEFAULT_STYLE, type StyleTable } from "./style-table.ts";

const ERASE_TO_END_OF_LINE = "\x1b[K";

/**
 * Writes a short update from one screen to another, row by row and left to right. It tracks the cursor
 * position and style of the terminal between updates. No move relies on wrapping at the right edge, where
 * terminals differ.
 */
export class UpdateWriter {
  readonly #glyphs: GlyphTable;
  readonly #styles: StyleTable;
  #x = UNKNOWN;
  #y = UNKNOWN;
  #style = DEFAULT_STYLE;
  #bytes = "";

  constructor(glyphs: GlyphTable, styles: StyleTable) {
    this.#glyphs = glyphs;
    this.#styles = styles;
  }

  /** The terminal was cleared: cursor in the first cell, default style. */
  home(): void {
    this.#x = 0;
    this.#y = 0;
    this.#style = DEFAULT_STYLE;
  }

  /** The bytes from `shown` to `next`, two grids of the same size; "" if they are equal. */
  write(shown: Cells, next: Cells): string {
    this.#bytes = "";
    for (let row = 0; row < next.rows; row++) this.#writeRow(shown, next, row);
    return this.#bytes;
  }

  #writeRow(shown: Cells, next: Cells, row: number): void {
    const start = row * next.columns;
    const end = start + next.columns;
    let index = start;
    while (index < end && isSame(shown, next, index)) index += 1;
    if (index === end) return;
    let last = end - 1;
    while (isSame(shown, next, last)) last -= 1;
    let textEnd = end;
    while (textEnd > start && isBlank(next, textEnd - 1)) textEnd -= 1;

    let disputedEnd = start;
    while (index <= last) {
      let unitEnd = index + 1;
      while (unitEnd < end && next.glyphs[unitEnd] === COVERED) unitEnd += 1;
      let isChanged = index < disputedEnd;
      for (let cell = index; cell < unitEnd; cell++) isChanged ||= !isSame(shown, next, cell);
      if (isChanged) {
        this.#goTo(next, row, index);
        if (index >= textEnd && last - index >= ERASE_TO_END_OF_LINE.length) {
          this.#take(SPACE, DEFAULT_STYLE);
          this.#bytes += ERASE_TO_END_OF_LINE;
          return;
        }
        const reach = this.#put(next, row, index, unitEnd - index);
        // Cells that some terminals may have overwritten are written again, changed or not.
        disputedEnd = Math.max(disputedEnd, Math.min(end, index + reach));
        last = Math.max(last, disputedEnd - 1);
      }
      index = unitEnd;
    }
  }

  /** Writes the grapheme of a cell at the cursor. Returns its maximum columns on any terminal. */
  #put(next: Cells, row: number, index: number, width: number): number {
    const glyph = next.glyphs[index]!;
    this.#take(glyph, next.styles[index]!);
    const after = this.#x + width;
    const disputed = this.#glyphs.interned(glyph)?.disputed ?? 0;
    if (disputed > 0) {
      // A terminal that uses fewer columns for it would leave old content next to it.
      this.#bytes +=
        " ".repeat(width) + moveCursor(after < next.columns ? after : UNKNOWN, row, this.#x, row);
    }
    this.#bytes += this.#glyphs.textOf(glyph);
    // In the last column some terminals keep the cursor and others wrap with the next character.
    this.#x = disputed > 0 || after >= next.columns ? UNKNOWN : after;
    return disputed;
  }

  /** Switches to the style that a glyph needs; for a blank, any style that looks the same. */
  #take(glyph: number, style: number): void {
    const needed = this.#neededStyle(this.#style, glyph, style);
    this.#bytes += this.#styles.transition(this.#style, needed);
    this.#style = needed;
  }

  #neededStyle(current: number, glyph: number, style: number): number {
    return glyph === SPACE && this.#styles.blankOf(current) === style ? current : style;
  }

  /** Moves the cursor to a cell: by a move or by rewriting the cells between, whichever is shorter. */
  #goTo(next: Cells, row: number, index: number): void {
    const x = index - row * next.columns;
    if (this.#y === row && this.#x === x) return;
    const move = moveCursor(this.#x, this.#y, x, row);
    if (
      this.#y !== row ||
      this.#x === UNKNOWN ||
      this.#x > x ||
      !this.#rewrite(next, index, x, move.length)
    ) {
      this.#bytes += move;
    }
    this.#x = x;
    this.#y = row;
  }

  /** Rewrites the unchanged cells up to `index` if that takes fewer bytes than a move of `moveLength`. */
  #rewrite(next: Cells, index: number, x: number, moveLength: number): boolean {
    const gap = x - this.#x;
    const target = (from: number) => this.#neededStyle(from, next.glyphs[index]!, next.styles[index]!);
    const limit = moveLength + this.#styles.transition(this.#style, target(this.#style)).length;
    if (gap >= limit) return false;
    let style = this.#style;
    let bytes = "";
    let cost = 0;
    for (let cell = index - gap; cell < index && cost < limit; cell++) {
      const glyph = next.glyphs[cell]!;
      if (glyph === COVERED) continue;
      if ((this.#glyphs.interned(glyph)?.disputed ?? 0) > 0) return false;
      const needed = this.#neededStyle(style, glyph, next.styles[cell]!);
      const codes = this.#styles.transition(style, needed);
      bytes += codes + this.#glyphs.textOf(glyph);
      cost += codes.length + this.#glyphs.bytesOf(glyph);
      style = needed;
    }
    if (cost + this.#styles.transition(style, target(style)).length >= limit) return false;
    this.#bytes += bytes;
    this.#style = style;
    return true;
  }
}

function isSame(shown: Cells, next: Cells, index: number): boolean {
  return shown.glyphs[index] === next.glyphs[index] && shown.styles[index] === next.styles[index];
}

function isBlank(cells: Cells, index: number): boolean {
  return cells.glyphs[index] === SPACE && cells.styles[index] === DEFAULT_STYLE;
}
