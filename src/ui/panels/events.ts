import { formatTime } from "../../core/text.ts";
import type { MonitorEvent } from "../../monitor/types.ts";
import type { Role } from "../text/line.ts";
import { span } from "../text/line.ts";
import { emptyRows, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import { cursorIndex, scopeOf } from "./cursor.ts";
import type { PanelInstance, PanelKind } from "./types.ts";

/** The events of a panel: all, or those of the entity in its scope. */
function eventsOf(view: View, panel: PanelInstance): readonly MonitorEvent[] {
  const scope = scopeOf(view, panel);
  const { events: all } = view.snapshot;
  return scope ? all.filter(({ entity }) => entity === scope.name) : all;
}

const keysOf = (events: readonly MonitorEvent[]) => events.map(({ id }) => String(id));

/** The event log, newest first: changes of health, alerts, faults, and messages of the monitor. */
export const events: PanelKind = {
  kind: "events",
  description: "the event log, newest first; option scope: all or selected",
  title: () => "events, newest first",
  items: (view, panel) => keysOf(eventsOf(view, panel)),
  entityOf: ({ snapshot }, item) => snapshot.events.find(({ id }) => String(id) === item)?.entity,
  paint(view, size, panel) {
    const shown = eventsOf(view, panel);
    if (shown.length === 0)
      return emptyRows("no events yet: shows changes of health, alerts and faults", size);
    const focused = view.ui.focus === panel.id;
    const cursor = focused ? cursorIndex(view, panel, keysOf(shown)) : 0;
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

/** Only the symbol is coloured, so that it stands out. */
function roleOf({ tone }: MonitorEvent): Role {
  return tone === "down" ? "critical" : tone;
}
