import { COVERED, type GlyphTable, SPACE } from "./glyph-table.ts";
import { DEFAULT_STYLE, type StyleTable } from "./style-table.ts";

/**
 * Marks the cells of a live region in a frame: they are blank, and painting with `liveOnly` changes only
 * them. So whatever the frame draws over a region, such as a dialog, stays in front. A private-use character
 * of one column, which does not occur in text.
 */
export const LIVE = "\u{e000}";
/** A frame, or a part of one, that consists of live regions only. */
export function liveText(columns: number, rows: number): string {
  return Array<string>(rows).fill(LIVE.repeat(columns)).join("\n");
}

/** A glyph and a style of four bytes each, and one for `live`. */
const BYTES_PER_CELL = 9;

const LIVE_ID = LIVE.charCodeAt(0);

/** A grid of character cells, stored row by row. */
export class Cells {
  columns = 0;
  rows = 0;
  /** The grapheme number of each cell; COVERED to the right of a wide one. */
  glyphs = new Uint32Array(0);
  /** The style number of each cell; for a blank, the plainest style that looks the same. */
  styles = new Uint32Array(0);
  /** 1 for cells that the last frame left to a live region. */
  live = new Uint8Array(0);
  #memory = new ArrayBuffer(0);

  constructor(columns: number, rows: number) {
    this.resize(columns, rows);
  }

  /**
   * Changes the size and blanks all cells. The memory of a larger size is kept: a window that is dragged has
   * hundreds of sizes, and what each of them freed would be returned late or never.
   */
  resize(columns: number, rows: number): void {
    const count = columns * rows;
    if (this.#memory.byteLength < BYTES_PER_CELL * count)
      this.#memory = new ArrayBuffer(BYTES_PER_CELL * count);
    this.columns = columns;
    this.rows = rows;
    this.glyphs = new Uint32Array(this.#memory, 0, count);
    this.styles = new Uint32Array(this.#memory, 4 * count, count);
    this.live = new Uint8Array(this.#memory, 8 * count, count);
    this.clear();
  }

  clear(): void {
    this.glyphs.fill(SPACE);
    this.styles.fill(DEFAULT_STYLE);
    this.live.fill(0);
  }

  /** Copies the glyphs and styles of a grid of the same size. */
  copy(other: Cells): void {
    this.glyphs.set(other.glyphs);
    this.styles.set(other.styles);
  }

  /** Writes a grapheme of a frame into a cell and the cells it covers. The caller checks that it fits. */
  put(index: number, glyph: number, width: number, style: number, styles: StyleTable): void {
    const isLive = glyph === LIVE_ID;
    const isBlank = isLive || glyph === SPACE;
    this.glyphs[index] = isBlank ? SPACE : glyph;
    this.styles[index] = isBlank ? styles.blankOf(style) : style;
    this.live[index] = isLive ? 1 : 0;
    for (let covered = 1; covered < width; covered++) {
      this.glyphs[index + covered] = COVERED;
      this.styles[index + covered] = style;
      this.live[index + covered] = 0;
    }
  }

  /** Copies the first `length` cells of a line to `index`; with `liveOnly` only onto live cells. */
  overlay(index: number, line: Cells, length: number, liveOnly: boolean): void {
    for (let cell = 0; cell < length; cell++) {
      if (liveOnly && this.live[index + cell] === 0) continue;
      this.glyphs[index + cell] = line.glyphs[cell]!;
      this.styles[index + cell] = line.styles[cell]!;
    }
  }

  /** Blanks the halves of wide graphemes that were partly overwritten. */
  repairRow(row: number, glyphs: GlyphTable): void {
    const end = (row + 1) * this.columns;
    let index = row * this.columns;
    while (index < end) {
      const glyph = this.glyphs[index]!;
      const needed = glyph === COVERED ? 0 : glyphs.widthOf(glyph);
      let found = 1;
      while (found < needed && index + found < end && this.glyphs[index + found] === COVERED) found += 1;
      if (found !== needed) {
        this.glyphs.fill(SPACE, index, index + found);
        this.styles.fill(DEFAULT_STYLE, index, index + found);
      }
      index += found;
    }
  }
}
