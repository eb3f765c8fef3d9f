import { span, wrap } from "../screen/line.ts";
import type { Size } from "../view.ts";
import type { Row } from "./types.ts";

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
