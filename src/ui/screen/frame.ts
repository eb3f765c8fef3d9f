import { panelKind } from "../panels/index.ts";
import type { PanelKind } from "../panels/types.ts";
import { fitLine, type Line, lineWidth, type Span, span } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import type { View } from "../view.ts";
import type { PanelBox } from "./boxes.ts";

/**
 * The rows of a panel with its frame, each exactly as wide as its box. A panel that fails shows its error in its
 * own box; the rest of the screen is not affected.
 */
export function panelRows(
  view: View,
  box: PanelBox,
  kind: PanelKind | undefined = panelKind(box.panel.kind),
): readonly Row[] {
  const { ellipsis } = view.glyphs;
  const inner = box.framed
    ? { width: box.width - 4, height: box.height - 2 }
    : { width: box.width, height: box.height };
  if (inner.width < 1 || inner.height < 1) return blankRows(box);
  let title = "";
  let footnote: Span | undefined;
  let rows: readonly Row[];
  try {
    if (!kind) throw new Error("unknown panel kind");
    title = kind.title(view, box.panel);
    footnote = kind.footnote?.(view, inner, box.panel);
    rows = kind.paint(view, inner, box.panel).slice(0, inner.height);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    rows = [{ line: [span(`the ${box.panel.kind} panel failed: ${why}`, "critical")] }];
  }
  const filled = Array.from({ length: inner.height }, (_, index): Row => rows[index] ?? { line: [] });
  const fitted = filled.map(({ line, selected = false }) => ({
    line: fitLine(line, inner.width, ellipsis),
    selected,
  }));
  return box.framed ? framed(view, box, title, footnote, fitted) : fitted;
}

function framed(
  view: View,
  { width, panel }: PanelBox,
  title: string,
  footnote: Span | undefined,
  rows: readonly Row[],
): readonly Row[] {
  const { box, ellipsis } = view.glyphs;
  const focused = view.ui.focus === panel.id && view.layout.focusable.length > 1;
  const titled = fitLine(
    [span(title, focused ? "accent" : "dim")],
    Math.min(width - 6, lineWidth([span(title)])),
    ellipsis,
  );
  const rest = box.horizontal.repeat(Math.max(0, width - 5 - lineWidth(titled)));
  const top: Line = [
    span(`${box.topLeft}${box.horizontal} `, "border"),
    ...titled,
    span(` ${rest}${box.topRight}`, "border"),
  ];
  const bottom = bottomEdge(view, width, footnote);
  const side = (row: Row): Row => ({
    line: [span(`${box.vertical} `, "border"), ...row.line, span(` ${box.vertical}`, "border")],
    ...(row.selected && { selected: true }),
  });
  return [{ line: top }, ...rows.map(side), { line: bottom }];
}

function bottomEdge({ glyphs: { box, ellipsis } }: View, width: number, footnote: Span | undefined): Line {
  if (footnote === undefined)
    return [span(`${box.bottomLeft}${box.horizontal.repeat(width - 2)}${box.bottomRight}`, "border")];
  const note = fitLine([footnote], Math.min(width - 6, lineWidth([footnote])), ellipsis);
  const rest = box.horizontal.repeat(Math.max(0, width - 5 - lineWidth(note)));
  return [
    span(`${box.bottomLeft}${box.horizontal} `, "border"),
    ...note,
    span(` ${rest}${box.bottomRight}`, "border"),
  ];
}

function blankRows({ width, height }: PanelBox): readonly Row[] {
  return Array.from({ length: Math.max(0, height) }, () => ({
    line: [span(" ".repeat(Math.max(0, width)))],
  }));
}
