import { formatTime } from "../../core/text.ts";
import { span } from "../text/line.ts";
import { emptyRows } from "../text/rows.ts";
import type { PanelKind } from "./types.ts";

/** The last failed requests and checks of the selected service, newest first, with their reasons. */
export const failures: PanelKind = {
  kind: "failures",
  title: () => "last errors, newest first",
  paint({ selected }, size) {
    if (!selected || selected.failures.length === 0) return emptyRows("no errors: nothing has failed", size);
    return selected.failures
      .slice(0, size.height)
      .map(({ at, reason }) => ({ line: [span(`${formatTime(at)} `, "dim"), span(reason)] }));
  },
};
