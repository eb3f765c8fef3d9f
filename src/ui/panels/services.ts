import { formatDuration } from "../../core/text.ts";
import type { ServiceSnapshot } from "../../monitor/types.ts";
import { sparkline } from "../charts/sparkline.ts";
import { type Column, columnsFor, NAME_WIDTH } from "../tables/columns.ts";
import { fitText, type Line, type Span, span, widthOf } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** The table of services: one line each, columns that never move. */
export const services: PanelKind = {
  kind: "services",
  title(view) {
    const { services: shown, snapshot, ui } = view;
    const filtered =
      ui.filter === "" ? "" : `, ${shown.length} of ${snapshot.services.length} match "${ui.filter}"`;
    const sorted =
      ui.sort === "config" && !ui.reversed ? "" : `, by ${ui.sort}${ui.reversed ? " reversed" : ""}`;
    return `services, last ${formatDuration(snapshot.windowMs)}${sorted}${filtered}`;
  },
  items: ({ services: shown }) => shown.length,
  paint(view, size) {
    const { services: shown, selected, ui } = view;
    if (shown.length === 0) return emptyRows(`no service matches "${ui.filter}": Esc shows all again`, size);
    const columns = columnsFor(size.width, longestName(view));
    const height = size.height - 1;
    const cursor = shown.findIndex(({ name }) => name === selected?.name);
    const top = scrollTop(cursor, shown.length, height);
    const rows = shown.slice(top, top + height).map((service): Row => {
      const isSelected = service.name === selected?.name;
      const marker = isSelected ? span(`${view.glyphs.selection} `, "accent") : span("  ");
      const cells = columns.cells.flatMap((column) => [span("  "), column.paint(view, service)]);
      const name = span(
        fitText(service.name, columns.nameWidth, view.glyphs.ellipsis),
        isSelected ? "title" : "text",
      );
      return {
        line: [marker, name, ...cells, ...trail(view, service, columns.sparkWidth)],
        selected: isSelected,
      };
    });
    return [{ line: heading(view, columns) }, ...rows];
  },
};

function longestName({ snapshot }: View): number {
  return Math.min(
    NAME_WIDTH.max,
    Math.max(NAME_WIDTH.min, ...snapshot.services.map(({ name }) => widthOf(name))),
  );
}

function heading(view: View, { cells, nameWidth, sparkWidth }: ReturnType<typeof columnsFor>): Line {
  const title = (column: Column) => {
    const sorted = column.sort !== undefined && column.sort === view.ui.sort;
    return span(fitText(column.heading, column.width, "", column.align), sorted ? "accent" : "dim");
  };
  const name = span(`  ${fitText("service", nameWidth, "")}`, view.ui.sort === "name" ? "accent" : "dim");
  const spark =
    sparkWidth > 0
      ? [span(`  ${fitText(sparkWidth < 16 ? "last minute" : "p99, last minute", sparkWidth, "")}`, "dim")]
      : [];
  return [name, ...cells.flatMap((column) => [span("  "), title(column)]), ...spark];
}

/** What the last minute looked like, where there is room, and always the sign of a fault at work. */
function trail(view: View, service: ServiceSnapshot, width: number): readonly Span[] {
  const broken = view.snapshot.faults.some(
    (fault) => fault.service === service.name && fault.endedAt === undefined,
  );
  const spark = width > 0 ? [span("  "), ...sparkline(view, service, width)] : [];
  return [...spark, span(broken ? ` ${view.glyphs.fault}` : "  ", "fault")];
}
