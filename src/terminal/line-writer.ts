import type { Cells } from "./cells.ts";
import { graphemesOf, simpleWidth } from "./character-width.ts";
import { COVERED, type GlyphTable, SPACE } from "./glyph-table.ts";
import { DEFAULT_STYLE, type StyleTable } from "./style-table.ts";

const ESCAPE = 0x1b;
const LINE_FEED = 0x0a;
const TAB = 0x09;
const TAB_WIDTH = 8;
/** Units below this never join the preceding character. */
const FIRST_MARK = 0x300;

/** CSI with parameters and final byte; OSC and similar up to their terminator; other two-byte escapes. */
const ESCAPE_SEQUENCE =
  /\x1b(?:\[([\x30-\x3f]*)[\x20-\x2f]*([\x40-\x7e]?)|[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|[\x20-\x2f]*[\x30-\x7e]?)/y;
const MARK = /^\p{M}/u;

/**
 * Writes text with SGR codes into rows of cells. Tabs become blanks; all other control characters and escape
 * sequences are dropped, so a name or a message cannot send commands to the terminal.
 */
export class LineWriter {
  readonly #glyphs: GlyphTable;
  readonly #styles: StyleTable;
  #cells: Cells | undefined;
  #start = 0;
  #limit = 0;
  #column = 0;
  /** The style after the text written so far. */
  style = DEFAULT_STYLE;

  constructor(glyphs: GlyphTable, styles: StyleTable) {
    this.#glyphs = glyphs;
    this.#styles = styles;
  }

  /** Starts a row of `limit` cells at `start`. */
  begin(cells: Cells, start: number, limit: number): void {
    this.#cells = cells;
    this.#start = start;
    this.#limit = limit;
    this.#column = 0;
  }

  /**
   * Writes up to the next line feed or the end of the text and returns that position. Cuts what does not fit.
   */
  write(text: string, from: number): number {
    let index = from;
    while (index < text.length) {
      const unit = text.charCodeAt(index);
      if (unit === LINE_FEED) return index;
      if (unit === ESCAPE) index = this.#escape(text, index);
      else if (unit < 0x20 || (unit >= 0x7f && unit < 0xa0)) {
        if (unit === TAB) this.#blanks(TAB_WIDTH - (this.#column % TAB_WIDTH));
        index += 1;
      } else {
        const width = simpleWidth(unit);
        if (width > 0 && endsGrapheme(text, index + 1)) {
          this.#put(unit, width);
          index += 1;
        } else index = this.#graphemes(text, index);
      }
    }
    return index;
  }

  /** Blanks the rest of the row. */
  end(): void {
    const style = this.style;
    this.style = DEFAULT_STYLE;
    this.#blanks(this.#limit - this.#column);
    this.style = style;
  }

  #put(glyph: number, width: number): void {
    if (this.#column + width > this.#limit) {
      // Half of a wide character cannot be shown; use blanks.
      this.#blanks(this.#limit - this.#column);
      return;
    }
    this.#cells!.put(this.#start + this.#column, glyph, width, this.style, this.#styles);
    this.#column += width;
  }

  #blanks(count: number): void {
    const end = Math.min(this.#limit, this.#column + count);
    while (this.#column < end) this.#put(SPACE, 1);
  }

  /** Applies an SGR sequence and skips any other. */
  #escape(text: string, index: number): number {
    ESCAPE_SEQUENCE.lastIndex = index;
    const match = ESCAPE_SEQUENCE.exec(text);
    if (match === null) return index + 1;
    if (match[2] === "m") this.style = this.#styles.apply(this.style, match[1]!);
    return index + match[0].length;
  }

  /**
   * Writes a section that needs the segmenter: up to two plain characters in a row, or a control character.
   */
  #graphemes(text: string, from: number): number {
    let end = from;
    while (end < text.length && !isControl(text.charCodeAt(end))) {
      end += 1;
      if (simpleWidth(text.charCodeAt(end - 1)) > 0 && endsGrapheme(text, end)) break;
    }
    for (const segment of graphemesOf(text.slice(from, end))) {
      const glyph = this.#glyphs.idOf(segment);
      if (glyph !== COVERED) this.#put(glyph, this.#glyphs.widthOf(glyph));
      else if (MARK.test(segment)) this.#mark(segment);
    }
    return end;
  }

  /** A mark without a base, such as one after a style change, joins the preceding grapheme. */
  #mark(mark: string): void {
    let lead = this.#start + this.#column - 1;
    while (lead >= this.#start && this.#cells!.glyphs[lead] === COVERED) lead -= 1;
    if (lead < this.#start) return;
    const width = this.#start + this.#column - lead;
    const joined = this.#glyphs.idOf(this.#glyphs.textOf(this.#cells!.glyphs[lead]!) + mark);
    if (this.#glyphs.widthOf(joined) === width) this.#cells!.glyphs[lead] = joined;
  }
}

function isControl(unit: number): boolean {
  return unit < 0x20 || (unit >= 0x7f && unit < 0xa0);
}

/** Whether a plain character that ends before `index` is a complete grapheme. */
function endsGrapheme(text: string, index: number): boolean {
  if (index >= text.length) return true;
  const next = text.charCodeAt(index);
  return next < FIRST_MARK || simpleWidth(next) > 0;
}
