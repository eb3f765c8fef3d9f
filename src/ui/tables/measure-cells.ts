import type { Column, EntityKind } from "../../core/entity.ts";
import type { Measure } from "../../core/measure.ts";
import { unitSign } from "../../core/text.ts";
import { fitText, type Span, span } from "../text/line.ts";
import { cellValue, type Judged, measureOf } from "../text/values.ts";
import type { View } from "../view.ts";

/** A column of a kind and its measure. */
export interface MeasureColumn extends Omit<Column, "measure"> {
  readonly measure: Measure;
}

/** The columns of a kind, from left to right. */
export function measureColumnsOf(kind: EntityKind): readonly MeasureColumn[] {
  return kind.columns.flatMap((column) => {
    const measure = measureOf(kind, column.measure);
    return measure === undefined ? [] : [{ ...column, measure }];
  });
}

/** A value in exactly the width of its column. A percentage includes its sign if the heading does not. */
export function measureCell(view: View, judged: Judged, { measure, heading, width }: MeasureColumn): Span {
  const { text, role } = cellValue(view, judged, measure);
  const isPercent = unitSign(measure.unit) === "%" && !heading.includes("%") && text !== view.glyphs.dash;
  return span(fitText(isPercent ? `${text}%` : text, width, view.glyphs.ellipsis, "right"), role);
}
