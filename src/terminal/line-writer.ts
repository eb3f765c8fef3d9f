import type { Cells } from "./cells.ts";
import { graphemesOf, simpleWidth } from "./character-width.ts";
import { COVERED, type GlyphTable, SPACE } from "./glyph-table.ts";
import { DEFAULT_STYLE, type StyleTable } from "./style-table.ts";

const ESCAPE = 0x1b;
const LINE_FEED = 0x0a;
const TAB = 0x09;
const TAB_WIDTH = 8;
/** Units below this never join a character before them. */
const FIRST_MARK = 0x300;

/** CSI with its parameters and final byte; OSC and its like up to their end; any other escape of two. */
const ESCAPE_SEQUENCE =
  /\x1b(?:\[([\x30-\x3f]*)[\x20-\x2f]*([\x40-\x7e]?)|[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|[\x20-\x2f]*[\x30-\x7e]?)/y;
const MARK = /^\p{M}/u;

/**
 * Writes text with SGR codes into rows of cells. Tabs become blanks; every other control character and
 * escape sequence is dropped, so nothing in a name or a message can reach the terminal as a command.
 */
export class LineWriter {
  readonly #glyphs: GlyphTable;
  readonly #styles: StyleTable;
  #cells: Cells | undefined;
  #start = 0;
  #limit = 0;
  #column = 0;
  /** The style that the text written so far has led to. */
  style = DEFAULT_STYLE;

  constructor(glyphs: GlyphTable, styles: StyleTable) {
    this.#glyphs = glyphs;
    this.#styles = styles;
  }

  /** Begins a row: its cells are those from `start`, `limit` of them. */
  begin(cells: Cells, start: number, limit: number): void {
    this.#cells = cells;
    this.#start = start;
    this.#limit = limit;
    this.#column = 0;
  }

  /** Writes up to the next line feed or the end of the text, and tells where that is. What is too long is cut. */
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

  /** Leaves the rest of the row blank. */
  end(): void {
    const style = this.style;
    this.style = DEFAULT_STYLE;
    this.#blanks(this.#limit - this.#column);
    this.style = style;
  }

  #put(glyph: number, width: number): void {
    if (this.#column + width > this.#limit) {
      // Half a wide character cannot be shown: blanks keep the edge straight.
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

  /** Takes an SGR sequence to heart and skips any other. */
  #escape(text: string, index: number): number {
    ESCAPE_SEQUENCE.lastIndex = index;
    const match = ESCAPE_SEQUENCE.exec(text);
    if (match === null) return index + 1;
    if (match[2] === "m") this.style = this.#styles.apply(this.style, match[1]!);
    return index + match[0].length;
  }

  /** Writes a stretch that needs the segmenter: up to where two plain characters, or anything else, follow. */
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

  /** A mark without a base of its own, such as one behind a change of style, joins the grapheme before it. */
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

/** Whether a plain character that ends before `index` is a grapheme by itself. */
function endsGrapheme(text: string, index: number): boolean {
  if (index >= text.length) return true;
  const next = text.charCodeAt(index);
  return next < FIRST_MARK || simpleWidth(next) > 0;
}
