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

/** Terminals with synchronized output show everything between these at once; others ignore them. */
const BEGIN_UPDATE = "\x1b[?2026h";
const END_UPDATE = "\x1b[?2026l";
/** Reset the style, move the cursor to the first cell, erase all. */
const CLEAR = "\x1b[m\x1b[H\x1b[2J";
/** Above this size the tables drop entries that are no longer on screen. */
const TABLE_LIMIT = 16_384;

/**
 * The current and the next content of a terminal, as cells. Frames and painted regions change the next
 * content; `diff` returns the bytes that update the terminal.
 */
export class Screen {
  #glyphs = new GlyphTable();
  #styles: StyleTable;
  #writer: LineWriter;
  #update: UpdateWriter;
  readonly #shown: Cells;
  readonly #next: Cells;
  /** Buffer for painted lines before they are copied to the next screen. */
  readonly #line: Cells;
  #isShownKnown = false;

  /** @param columns and rows: at least 1 */
  constructor(columns: number, rows: number, depth: ColorDepth) {
    this.#styles = new StyleTable(depth);
    this.#writer = new LineWriter(this.#glyphs, this.#styles);
    this.#update = new UpdateWriter(this.#glyphs, this.#styles);
    this.#shown = new Cells(columns, rows);
    this.#next = new Cells(columns, rows);
    this.#line = new Cells(columns, 1);
  }

  get columns(): number {
    return this.#next.columns;
  }

  get rows(): number {
    return this.#next.rows;
  }

  /** Blanks the next screen in another size; the known content becomes invalid. */
  resize(columns: number, rows: number): void {
    this.#shown.resize(columns, rows);
    this.#next.resize(columns, rows);
    this.#line.resize(columns, 1);
    this.reset();
  }

  /**
   * Replaces the next screen with a frame: lines of text with SGR codes. Excess text is cut, missing text is
   * blank.
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
   * Paints one line of a region, `width` columns from column x of row y (0-based): the spans in order, cut
   * at the end of the region or the screen and padded with blanks.
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
    this.#next.repairRow(y, this.#glyphs);
  }

  /**
   * The bytes that update the terminal to the next screen, "" if nothing changed. The caller must send all
   * of them: the terminal is then assumed to show the next screen.
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

  /** Invalidates the known content: the next `diff` clears the terminal and writes everything. */
  reset(): void {
    this.#isShownKnown = false;
  }

  /** Bounds the memory for texts and colours over a long run, at the cost of one full repaint. */
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
