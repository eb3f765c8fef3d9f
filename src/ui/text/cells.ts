import { type Line, type Role, type Span, span } from "./line.ts";

/** One column of a line. */
export interface Cell {
  readonly text: string;
  readonly role: Role;
}

/**
 * Builds a line from its cells. Adjacent cells of one role share a span, and blanks take any role, which
 * saves escape codes.
 */
export function lineOf(cells: Iterable<Cell>): Line {
  const spans: Span[] = [];
  let text = "";
  let role: Role | undefined;
  for (const cell of cells) {
    const joins = role === undefined || cell.role === role || cell.text === " ";
    if (!joins) {
      spans.push(span(text, role));
      text = "";
    }
    if (!joins || (role === undefined && cell.text !== " ")) role = cell.role;
    text += cell.text;
  }
  return text === "" ? spans : [...spans, span(text, role)];
}
