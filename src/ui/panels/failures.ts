import { formatTime } from "../../core/text.ts";
import { span } from "../text/line.ts";
import { emptyRows } from "../text/rows.ts";
import type { PanelKind } from "./types.ts";

/** The last failures of the selected entity, newest first, with their reasons. */
export const failures: PanelKind = {
  kind: "failures",
  description: "the last failures of the selected entity with their reasons",
  title: () => "last failures, newest first",
  paint({ selected }, size) {
    if (!selected) return emptyRows("nothing is selected", size);
    // Only the newest are kept, whatever their age: an empty list says that none was ever recorded.
    if (selected.failures.length === 0) return emptyRows("no failures recorded in what is kept", size);
    return selected.failures
      .slice(0, size.height)
      .map(({ at, reason }) => ({ line: [span(`${formatTime(at)} `, "dim"), span(reason)] }));
  },
};
