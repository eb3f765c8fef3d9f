import type { Size } from "../view.ts";
import { type Line, span, wrap } from "./line.ts";

/** One row of a panel. */
export interface Row {
  readonly line: Line;
  /** The row under the cursor of the panel in focus. */
  readonly selected?: boolean;
}

/** The first item to show so that the one under the cursor stands inside `height` rows. */
export function scrollTop(cursor: number, count: number, height: number): number {
  const last = Math.max(0, count - height);
  return Math.min(last, Math.max(0, cursor - Math.floor(height / 2)));
}

/** What stands in a panel that has nothing to show: a sentence, not a void. */
export function emptyRows(text: string, size: Size): readonly Row[] {
  return wrap(text, size.width)
    .slice(0, size.height)
    .map((line) => ({ line: [span(line, "dim")] }));
}

/** The sentence in place of a list that the filter has emptied. */
export function noMatch(filter: string): string {
  return filter === "" ? "nothing is watched" : `nothing matches "${filter}": Esc shows all again`;
}
