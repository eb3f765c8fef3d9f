import { addsUp, type Measure } from "../../core/measure.ts";
import { formatDuration } from "../../core/text.ts";
import { paintBars } from "../charts/bar-chart.ts";
import { extremeWord } from "../charts/measure-reads.ts";
import { ZOOMS } from "../state.ts";
import { emptyRows } from "../text/rows.ts";
import { kindOf, measureOf, titleWithUnit } from "../text/values.ts";
import type { View } from "../view.ts";
import type { PanelInstance, PanelKind } from "./types.ts";

/** A measure of the selected entity over time, as bars. */
export const bars: PanelKind = {
  kind: "bars",
  description: "one measure of the selected entity over time as bars; option nth: 0 or 1 of its kind's bars",
  title(view, panel) {
    const measure = chosen(view, panel);
    const zoom = formatDuration(ZOOMS[view.ui.zoomIndex]!);
    if (!measure) return `bars, last ${zoom}`;
    const how = addsUp(measure) ? "mean of each step" : extremeWord(measure);
    return `${view.selected!.name} ${titleWithUnit(measure)}, ${how}, last ${zoom}`;
  },
  paint(view, size, panel) {
    if (!view.selected) return emptyRows("nothing is selected", size);
    const measure = chosen(view, panel);
    if (!measure) return emptyRows(`no other measure of a ${view.selected.kind} to draw as bars`, size);
    return paintBars(view, view.selected, measure, size);
  },
};

function chosen(view: View, { options }: PanelInstance): Measure | undefined {
  if (!view.selected) return undefined;
  const kind = kindOf(view, view.selected);
  const id = kind.bars[Number(options.nth ?? 0)];
  return id === undefined ? undefined : measureOf(kind, id);
}
