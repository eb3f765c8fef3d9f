import { COVERED, type GlyphTable, SPACE } from "./glyph-table.ts";
import { DEFAULT_STYLE, type StyleTable } from "./style-table.ts";

/**
 * Fills the place of a live region in a frame: cells that hold this character are blank, and only they
 * are changed by painting with `liveOnly`. So whatever the frame puts over a region, such as a dialog,
 * stays in front of it. A private-use character of one column: no text holds it by chance.
 */
export const LIVE = "\u{e000}";
/** A frame, or a part of one, that is all left to live regions. */
export function liveText(columns: number, rows: number): string {
  return Array<string>(rows).fill(LIVE.repeat(columns)).join("\n");
}

const LIVE_ID = LIVE.charCodeAt(0);

/** A grid of character cells, row after row. */
export class Cells {
  readonly columns: number;
  readonly rows: number;
  /** The number of the grapheme in each cell; COVERED right of a wide one. */
  readonly glyphs: Uint32Array;
  /** The number of the style of each cell; of a blank, the plainest that looks the same. */
  readonly styles: Uint32Array;
  /** 1 where the last frame left room for a live region. */
  readonly live: Uint8Array;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.glyphs = new Uint32Array(columns * rows).fill(SPACE);
    this.styles = new Uint32Array(columns * rows);
    this.live = new Uint8Array(columns * rows);
  }

  clear(): void {
    this.glyphs.fill(SPACE);
    this.styles.fill(DEFAULT_STYLE);
    this.live.fill(0);
  }

  /** Takes over the glyphs and styles of a grid of the same size. */
  copy(other: Cells): void {
    this.glyphs.set(other.glyphs);
    this.styles.set(other.styles);
  }

  /** Puts a grapheme of a frame into a cell and those it covers. The caller has checked that it fits. */
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

  /** Lays the first `length` cells of a line over those from `index`; with `liveOnly` only over live ones. */
  overlay(index: number, line: Cells, length: number, liveOnly: boolean): void {
    for (let cell = 0; cell < length; cell++) {
      if (liveOnly && this.live[index + cell] === 0) continue;
      this.glyphs[index + cell] = line.glyphs[cell]!;
      this.styles[index + cell] = line.styles[cell]!;
    }
  }

  /** Makes blanks of the halves of wide graphemes that were cut by laying something over a row. */
  mendRow(row: number, glyphs: GlyphTable): void {
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
