import { Cells } from "./cells.ts";
import type { ColorDepth } from "./color-depth.ts";
import { COVERED, GlyphTable } from "./glyph-table.ts";
import { LineWriter } from "./line-writer.ts";
import { DEFAULT_STYLE, StyleTable } from "./style-table.ts";
import { UpdateWriter } from "./update-writer.ts";

/** A piece of text in one style. */
export interface Span {
  readonly text: string;
  /** SGR parameters such as "1;31"; "" for the default style. */
  readonly sgr: string;
}

/** Terminals that know synchronized output show all between these at once; others ignore them. */
const BEGIN_UPDATE = "\x1b[?2026h";
const END_UPDATE = "\x1b[?2026l";
/** Reset of the style, cursor to the first cell, erase all. */
const CLEAR = "\x1b[m\x1b[H\x1b[2J";
/** When the tables hold more than this, they are rid of what is on no screen any more. */
const TABLE_LIMIT = 16_384;

/**
 * What a terminal shows and what it is to show next, as cells. Frames and painted regions change the
 * next screen; `diff` gives the bytes that bring the terminal there.
 */
export class Screen {
  readonly columns: number;
  readonly rows: number;
  #glyphs = new GlyphTable();
  #styles: StyleTable;
  #writer: LineWriter;
  #update: UpdateWriter;
  readonly #shown: Cells;
  readonly #next: Cells;
  /** Where painted lines are made before they are laid over the next screen. */
  readonly #line: Cells;
  #isShownKnown = false;

  /** @param columns and rows: at least 1 */
  constructor(columns: number, rows: number, depth: ColorDepth) {
    this.columns = columns;
    this.rows = rows;
    this.#styles = new StyleTable(depth);
    this.#writer = new LineWriter(this.#glyphs, this.#styles);
    this.#update = new UpdateWriter(this.#glyphs, this.#styles);
    this.#shown = new Cells(columns, rows);
    this.#next = new Cells(columns, rows);
    this.#line = new Cells(columns, 1);
  }

  /**
   * Replaces the whole next screen by a frame: lines of text with SGR codes. What is too long or too
   * much is cut, what is missing is blank.
   */
  frame(text: string): void {
    const writer = this.#writer;
    writer.style = DEFAULT_STYLE;
    let index = 0;
    for (let row = 0; row < this.rows; row++) {
      writer.begin(this.#next, row * this.columns, this.columns);
      if (index <= text.length) index = writer.write(text, index) + 1;
      writer.end();
    }
  }

  /**
   * Paints one line of a region, `width` columns from column x of row y (0-based): the spans one after
   * the other, cut where the region or the screen ends, and blanks up to there.
   * @param liveOnly change only cells that the last frame left to a live region (see LIVE)
   */
  paint(x: number, y: number, width: number, spans: readonly Span[], liveOnly = false): void {
    if (y < 0 || y >= this.rows || x < 0 || x >= this.columns) return;
    const limit = Math.min(width, this.columns - x);
    const writer = this.#writer;
    writer.begin(this.#line, 0, limit);
    for (const { text, sgr } of spans) {
      writer.style = sgr === "" ? DEFAULT_STYLE : this.#styles.apply(DEFAULT_STYLE, sgr);
      writer.write(text, 0);
    }
    writer.end();
    this.#next.overlay(y * this.columns + x, this.#line, limit, liveOnly);
    this.#next.mendRow(y, this.#glyphs);
  }

  /**
   * The bytes that turn what the terminal shows into the next screen, "" if nothing changed. The caller
   * must send them all: from here on the terminal is taken to show the next screen.
   */
  diff(): string {
    let bytes = "";
    if (!this.#isShownKnown) {
      this.#shown.clear();
      this.#update.home();
      this.#isShownKnown = true;
      bytes = CLEAR;
    }
    bytes += this.#update.write(this.#shown, this.#next);
    if (bytes === "") return "";
    this.#shown.copy(this.#next);
    if (this.#styles.size > TABLE_LIMIT || this.#glyphs.size > TABLE_LIMIT) this.#renewTables();
    return BEGIN_UPDATE + bytes + END_UPDATE;
  }

  /** Forgets what the terminal shows: the next `diff` clears it and writes everything. */
  reset(): void {
    this.#isShownKnown = false;
  }

  /** Keeps a day of ever new texts and colours from filling the memory, at the price of one full repaint. */
  #renewTables(): void {
    const glyphs = new GlyphTable();
    const styles = new StyleTable(this.#styles.depth);
    for (let cell = 0; cell < this.#next.glyphs.length; cell++) {
      const glyph = this.#next.glyphs[cell]!;
      if (glyph !== COVERED) this.#next.glyphs[cell] = glyphs.idOf(this.#glyphs.textOf(glyph));
      this.#next.styles[cell] = styles.adopt(this.#styles, this.#next.styles[cell]!);
    }
    this.#glyphs = glyphs;
    this.#styles = styles;
    this.#writer = new LineWriter(glyphs, styles);
    this.#update = new UpdateWriter(glyphs, styles);
    this.reset();
  }
}
