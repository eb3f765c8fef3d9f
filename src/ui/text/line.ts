import type { Health } from "../../core/health.ts";
import { graphemesOf, simpleWidth, widthOf } from "../../terminal/character-width.ts";

/** The meaning of a piece of text. Panels use roles; themes map them to colours. */
export type Role =
  | "text"
  | "dim"
  | "border"
  | "title"
  | "accent"
  | "fault"
  | "mark"
  /** Lines of one chart: subdued, and different from the colours of health. */
  | "line1"
  | "line2"
  | "line3"
  | "line4"
  | "line5"
  | "line6"
  /** The bar of a paused screen. */
  | "paused"
  | Health;

export { widthOf };

/** A run of text with one role. See theme.ts for colours. */
export interface Span {
  readonly text: string;
  readonly role: Role;
}

/** One row of the screen, as spans from left to right. */
export type Line = readonly Span[];

export function span(text: string, role: Role = "text"): Span {
  return { text, role };
}

export function lineWidth(line: Line): number {
  return line.reduce((width, { text }) => width + widthOf(text), 0);
}

/** The text cut to at most `width` columns; a wide character across the edge is dropped. */
export function cut(text: string, width: number): string {
  // Without the segmenter as long as every character stands alone, and so does the one that is cut off.
  let used = 0;
  let index = 0;
  for (; index < text.length; index++) {
    const columns = simpleWidth(text.charCodeAt(index));
    if (columns === 0) break;
    used += columns;
    if (used > width) return text.slice(0, index);
  }
  if (index === text.length || widthOf(text) <= width) return text;
  let kept = "";
  used = 0;
  for (const segment of graphemesOf(text)) {
    const next = used + widthOf(segment);
    if (next > width) break;
    kept += segment;
    used = next;
  }
  return kept;
}

/** The text in exactly `width` columns, cut with `ellipsis` or padded with blanks. */
export function fitText(
  text: string,
  width: number,
  ellipsis: string,
  align: "left" | "right" = "left",
): string {
  const taken = widthOf(text);
  if (taken > width) {
    const short = width > 1 ? cut(text, width - 1) + ellipsis : cut(text, width);
    return short + " ".repeat(Math.max(0, width - widthOf(short)));
  }
  const blanks = " ".repeat(width - taken);
  return align === "left" ? text + blanks : blanks + text;
}

/** The line in exactly `width` columns. */
export function fitLine(line: Line, width: number, ellipsis: string): Line {
  const fitted: Span[] = [];
  let left = width;
  for (const { text, role } of line) {
    const taken = widthOf(text);
    if (taken > left) {
      if (left > 0) fitted.push({ text: fitText(text, left, ellipsis), role });
      return fitted;
    }
    fitted.push({ text, role });
    left -= taken;
  }
  if (left > 0) fitted.push(span(" ".repeat(left)));
  return fitted;
}

/** Wraps text between words into lines of at most `width` columns. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer) <= width || line === "") line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === "" ? lines : [...lines, line];
}
