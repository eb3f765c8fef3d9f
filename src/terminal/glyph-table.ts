import { isPredictable, simpleWidth, widestReading } from "./character-width.ts";
import { graphemeWidth } from "./grapheme-width.ts";

/** The number in a cell that is covered by the wide grapheme to its left. */
export const COVERED = 0;
export const SPACE = 0x20;

/** The properties of a grapheme that is more than one plain character. */
export interface Glyph {
  readonly text: string;
  /** Columns. */
  readonly width: number;
  /** Bytes in UTF-8. */
  readonly bytes: number;
  /** Columns on terminals that disagree on `width`; 0 if all terminals agree. */
  readonly disputed: number;
}

const FIRST_INTERNED = 0x10000;
const utf8 = new TextEncoder();

/**
 * Assigns a number to every grapheme, so that a grid of cells is an array of numbers. A grapheme of one
 * UTF-16 unit is its own number; only others are looked up.
 */
export class GlyphTable {
  readonly #ids = new Map<string, number>();
  readonly #glyphs: Glyph[] = [];

  /** How many graphemes are stored. */
  get size(): number {
    return this.#glyphs.length;
  }

  /** The number of a grapheme; COVERED for one of width 0. */
  idOf(grapheme: string): number {
    if (grapheme.length === 1) {
      const unit = grapheme.charCodeAt(0);
      if (simpleWidth(unit) > 0) return unit;
    }
    const known = this.#ids.get(grapheme);
    if (known !== undefined) return known;
    const width = graphemeWidth(grapheme);
    if (width === 0) return COVERED;
    const id = FIRST_INTERNED + this.#glyphs.length;
    this.#ids.set(grapheme, id);
    this.#glyphs.push({
      text: grapheme,
      width,
      bytes: utf8.encode(grapheme).length,
      disputed: isPredictable(grapheme) ? 0 : widestReading(grapheme),
    });
    return id;
  }

  /** The grapheme of a number, unless it is a single character that is its own number. */
  interned(id: number): Glyph | undefined {
    return id < FIRST_INTERNED ? undefined : this.#glyphs[id - FIRST_INTERNED];
  }

  textOf(id: number): string {
    return id < FIRST_INTERNED ? String.fromCharCode(id) : this.#glyphs[id - FIRST_INTERNED]!.text;
  }

  /** Columns. */
  widthOf(id: number): number {
    return id < FIRST_INTERNED ? simpleWidth(id) : this.#glyphs[id - FIRST_INTERNED]!.width;
  }

  /** Bytes in UTF-8. */
  bytesOf(id: number): number {
    if (id < 0x80) return 1;
    if (id < 0x800) return 2;
    return id < FIRST_INTERNED ? 3 : this.#glyphs[id - FIRST_INTERNED]!.bytes;
  }
}
