import { formatTime } from "../../core/text.ts";
import { span, wrap } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows } from "../text/rows.ts";
import type { PanelKind } from "./types.ts";

/** Columns of the time and the blank after it. */
const INDENT = 9;

/** The last failures of the selected entity, newest first, with their reasons. */
export const failures: PanelKind = {
  kind: "failures",
  description: "the last failures of the selected entity with their reasons",
  title: () => "last failures, newest first",
  paint({ selected }, size) {
    if (!selected) return emptyRows("nothing is selected", size);
    // The newest failures are kept regardless of age, so an empty list means none was recorded.
    if (selected.failures.length === 0) return emptyRows("no failures recorded", size);
    const shown = selected.failures.slice(0, size.height);
    // Second lines only take rows that no failure needs.
    let spare = size.height - shown.length;
    return shown.flatMap(({ at, reason }): Row[] => {
      const first = { line: [span(`${formatTime(at)} `, "dim"), span(reason)] };
      const [head = "", ...rest] = wrap(reason, Math.max(1, size.width - INDENT));
      if (rest.length === 0 || spare === 0) return [first];
      spare -= 1;
      return [
        { line: [span(`${formatTime(at)} `, "dim"), span(head)] },
        { line: [span(" ".repeat(INDENT) + rest.join(" "))] },
      ];
    });
  },
};
