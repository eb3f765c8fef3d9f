import type { Size } from "../view.ts";
import { type Line, span, wrap } from "./line.ts";

/** One row of a panel. */
export interface Row {
  readonly line: Line;
  /** The row at the cursor of the focused panel. */
  readonly selected?: boolean;
}

/** The first item to show so that the one at the cursor is within `height` rows. */
export function scrollTop(cursor: number, count: number, height: number): number {
  const last = Math.max(0, count - height);
  return Math.min(last, Math.max(0, cursor - Math.floor(height / 2)));
}

/** The message of an empty panel. */
export function emptyRows(text: string, size: Size): readonly Row[] {
  return wrap(text, size.width)
    .slice(0, size.height)
    .map((line) => ({ line: [span(line, "dim")] }));
}

/** The message for an empty filtered list. */
export function noMatch(filter: string): string {
  return filter === "" ? "no entities" : `nothing matches "${filter}": Esc clears the filter`;
}
