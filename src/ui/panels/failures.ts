import type { Failure } from "../../core/observation.ts";
import { formatCount, formatTime } from "../../core/text.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import { span, wrap } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows } from "../text/rows.ts";
import { kindOf } from "../text/values.ts";
import { lastText } from "../text/window-text.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** Columns of the time and the blank after it. */
const INDENT = 9;

/** The last failures of the selected entity, newest first, with their reasons. */
export const failures: PanelKind = {
  kind: "failures",
  description: "the last failures of the selected entity with their reasons",
  title: ({ ui, selected }) =>
    ui.moment === undefined || selected === undefined
      ? "last failures, newest first"
      : `failures, ${lastText(selected)}, newest first`,
  paint(view, size) {
    const { selected } = view;
    if (!selected) return emptyRows("nothing is selected", size);
    const failures = shownFailures(view, selected);
    if (typeof failures === "string") return emptyRows(failures, size);
    const shown = failures.slice(0, size.height);
    // Second lines only take rows that no failure needs.
    let spare = size.height - shown.length;
    return shown.flatMap(({ at, reason: single, count }): Row[] => {
      const reason = count === undefined ? single : `${single} (${count} times)`;
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

/**
 * Live, the newest failures of any age. In the past those of the shown window: its errors are beside them. Where
 * they are not known any more, a sentence says so.
 */
function shownFailures(view: View, selected: EntitySnapshot): readonly Failure[] | string {
  const { failures, covers, name } = selected;
  const keptFrom = view.history.failuresKeptFrom(name);
  if (view.ui.moment === undefined)
    return failures.length > 0 || keptFrom > Number.NEGATIVE_INFINITY ? failures : "no failures recorded";
  const shown = failures.filter(({ at }) => at > covers.fromMs);
  if (shown.length > 0) return shown;
  if (covers.fromMs >= keptFrom) return "no failures in this window";
  const { failures: measure } = kindOf(view, selected);
  const count = measure === undefined ? Number.NaN : (selected.values[measure] ?? Number.NaN);
  if (count === 0) return "no failures in this window";
  if (Number.isNaN(count)) return `failures before ${formatTime(keptFrom)} are no longer kept`;
  return count === 1
    ? "the reason of this error is no longer kept"
    : `the reasons of these ${formatCount(count)} errors are no longer kept`;
}
