import { matchersText } from "../../core/matchers.ts";
import { formatDuration } from "../../core/text.ts";
import type { Silence } from "../../monitor/types.ts";
import { filterNote } from "../alerts/filter.ts";
import { spanText } from "../alerts/marks.ts";
import { silenceItems } from "../alerts/page-items.ts";
import { fitText, type Line, span } from "../text/line.ts";
import { emptyRows, type Row, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import { cursorIndex } from "./cursor.ts";
import type { PanelKind } from "./types.ts";

const STATE = 9;
const ENDS = 11;

/** Silences with their matchers, authors and reasons, and when they end. */
export const silences: PanelKind = {
  kind: "silences",
  description: "silences: what they match, by whom and why, and when they end",
  title(view) {
    const active = silenceItems(view).filter(({ endsAt }) => endsAt > view.snapshot.at).length;
    return `silences: ${active} active${filterNote(view.ui, view.snapshot.silences.length, silenceItems(view).length)}`;
  },
  items: (view) => silenceItems(view).map(({ id }) => id),
  paint(view, size, panel) {
    const items = silenceItems(view);
    if (items.length === 0 && view.snapshot.silences.length > 0)
      return emptyRows(`no silence matches "${view.ui.alertFilter}": / edits the filter`, size);
    if (items.length === 0)
      return emptyRows(
        "no silences: press m to silence alerts for a time, with a reason; they would be listed here",
        size,
      );
    const focused = view.ui.focus === panel.id;
    const cursor = cursorIndex(
      view,
      panel,
      items.map(({ id }) => id),
    );
    const height = Math.max(1, size.height - 1);
    const top = scrollTop(cursor, items.length, height);
    const rows = items.slice(top, top + height).map((silence, index): Row => {
      const isCursor = top + index === cursor;
      return { line: silenceLine(view, silence, size.width, isCursor), selected: focused && isCursor };
    });
    const heading: Line = [
      span(
        `  ${fitText("state", STATE, "")} ${fitText("ends in", ENDS, "", "right")}  what, by whom and why`,
        "dim",
      ),
    ];
    return size.height > 1 ? [{ line: heading }, ...rows] : rows;
  },
};

function silenceLine(view: View, silence: Silence, width: number, isCursor: boolean): Line {
  const { glyphs, snapshot } = view;
  const { id, matchers, author, reason, startsAt, endsAt } = silence;
  const isOver = endsAt <= snapshot.at;
  const isAhead = startsAt > snapshot.at;
  const state = isOver
    ? `${glyphs.resolved} ended`
    : isAhead
      ? `${glyphs.middot} later`
      : `${glyphs.health.healthy} active`;
  const left = isOver
    ? spanText(snapshot.at, startsAt, endsAt)
    : formatDuration(Math.ceil((endsAt - snapshot.at) / 1000) * 1000);
  const quiet = isOver ? "dim" : "text";
  const what = matchersText(matchers);
  const who = `  by ${author}${reason === "" ? "" : `: ${reason}`}`;
  const room = Math.max(8, width - 2 - STATE - 1 - ENDS - 2);
  return [
    span(isCursor ? `${glyphs.selection} ` : "  ", "accent"),
    span(fitText(state, STATE, ""), isOver || isAhead ? "dim" : "healthy"),
    span(` ${fitText(left, ENDS, "", "right")}  `, quiet),
    span(
      fitText(`#${id} ${what}`, Math.min(room, Math.max(8, Math.floor(room * 0.6))), glyphs.ellipsis),
      quiet,
    ),
    span(who, "dim"),
  ];
}
