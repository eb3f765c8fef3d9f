import { formatDuration, formatTime } from "../../core/text.ts";
import type { MaintenanceSnapshot } from "../../monitor/types.ts";
import { fitText, type Line, span } from "../text/line.ts";
import { emptyRows, type Row, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import { cursorIndex } from "./cursor.ts";
import type { PanelKind } from "./types.ts";

const STATE = 9;
const WHEN = 20;
const NAME = 20;

/** The maintenance windows of the config: open ones with their end, others with their next opening. */
export const maintenance: PanelKind = {
  kind: "maintenance",
  description: "maintenance windows of the config: which are open, and when others open",
  title({ snapshot }) {
    const open = snapshot.maintenance.filter(({ openUntil }) => openUntil !== undefined).length;
    return `maintenance windows: ${open} of ${snapshot.maintenance.length} open`;
  },
  items: ({ snapshot }) => snapshot.maintenance.map((_window, nth) => String(nth)),
  paint(view, size, panel) {
    const { maintenance: windows } = view.snapshot;
    if (windows.length === 0)
      return emptyRows("no maintenance windows: they are listed in the config, under maintenance:", size);
    const focused = view.ui.focus === panel.id;
    const keys = windows.map((_window, nth) => String(nth));
    const cursor = focused ? cursorIndex(view, panel, keys) : 0;
    const top = scrollTop(cursor, windows.length, size.height);
    return windows.slice(top, top + size.height).map((window, index): Row => {
      const selected = focused && top + index === cursor;
      return { line: windowLine(view, window, selected), selected };
    });
  },
};

function windowLine(view: View, window: MaintenanceSnapshot, selected: boolean): Line {
  const { glyphs } = view;
  const { name, matchers, reason, schedule, openUntil, opensAt } = window;
  const isOpen = openUntil !== undefined;
  const quiet = isOpen ? "text" : "dim";
  const state = isOpen
    ? `${glyphs.health.healthy} open`
    : opensAt === undefined
      ? `${glyphs.resolved} over`
      : `${glyphs.middot} closed`;
  const rest = [matchers === "" ? "all alerts" : matchers, schedule, reason].filter((text) => text !== "");
  return [
    span(selected ? `${glyphs.selection} ` : "  ", "accent"),
    span(fitText(state, STATE, ""), isOpen ? "healthy" : "dim"),
    span(fitText(whenText(view, window), WHEN, ""), quiet),
    span(` ${fitText(name, NAME, glyphs.ellipsis)} `, quiet),
    span(rest.join(` ${glyphs.middot} `), "dim"),
  ];
}

function whenText({ snapshot: { at } }: View, { openUntil, opensAt }: MaintenanceSnapshot): string {
  const left = (until: number) => formatDuration(Math.ceil((until - at) / 1000) * 1000);
  if (openUntil !== undefined) return `ends in ${left(openUntil)}`;
  if (opensAt === undefined) return "";
  return opensAt - at < DAY_MS
    ? `opens in ${left(opensAt)}`
    : `opens ${dayOf(opensAt)} ${formatTime(opensAt).slice(0, 5)}`;
}

const DAY_MS = 86_400_000;

/** "11-25", in local time. */
function dayOf(at: number): string {
  const date = new Date(at);
  return [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
