import { formatTime } from "../../core/text.ts";
import type { MonitorEvent } from "../../monitor/types.ts";
import type { Role } from "../text/line.ts";
import { span } from "../text/line.ts";
import { emptyRows, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

const eventsOf = ({ snapshot, ui, selected }: View) =>
  ui.view === "detail"
    ? snapshot.events.filter(({ service }) => service === selected?.name)
    : snapshot.events;

/** What happened, newest first: changes of health, alerts, faults, and the monitor's own news. */
export const events: PanelKind = {
  kind: "events",
  title: () => "events, newest first",
  items: (view) => eventsOf(view).length,
  paint(view, size) {
    const shown = eventsOf(view);
    if (shown.length === 0)
      return emptyRows("nothing has happened yet: changes of health, alerts and faults stand here", size);
    const focused = view.ui.focus === "events";
    const cursor = focused ? (view.ui.cursors.events ?? 0) : 0;
    const top = scrollTop(cursor, shown.length, size.height);
    return shown.slice(top, top + size.height).map((event, index) => ({
      line: [
        span(`${formatTime(event.at)} `, "dim"),
        span(`${signOf(view, event)} `, event.kind === "fault" ? "fault" : roleOf(event)),
        span(event.text),
      ],
      selected: focused && top + index === cursor,
    }));
  },
};

function signOf({ glyphs }: View, { kind, tone }: MonitorEvent): string {
  if (kind === "fault") return glyphs.fault;
  return kind === "alert" && tone === "healthy" ? glyphs.resolved : glyphs.health[tone];
}

/** The sign alone is coloured: a log in which every line shouts says nothing. */
function roleOf({ tone }: MonitorEvent): Role {
  return tone === "down" ? "critical" : tone;
}
