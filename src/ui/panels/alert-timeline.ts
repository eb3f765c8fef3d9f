import { formatTime } from "../../core/text.ts";
import { type Subject, subjectOf } from "../alerts/subject.ts";
import { fitText, type Line, type Role, span, widthOf } from "../text/line.ts";
import { emptyRows, scrollTop } from "../text/rows.ts";
import type { View } from "../view.ts";
import { cursorIndex } from "./cursor.ts";
import type { PanelInstance, PanelKind } from "./types.ts";

/** One thing that happened to an alert or an incident. */
interface Entry {
  readonly key: string;
  readonly at: number;
  readonly what: string;
  readonly role: Role;
  readonly reason: string;
  /** Undefined: the monitor. */
  readonly actor: string | undefined;
}

/** What the monitor itself did has no author. */
const MONITOR = "monitor";

const ROLES: Readonly<Record<string, Role>> = {
  fired: "critical",
  escalated: "critical",
  resolved: "healthy",
  acknowledged: "accent",
  silenced: "dim",
};

/** Every transition of an alert or entry of an incident, newest first: time, reason and who did it. */
export const alertTimeline: PanelKind = {
  kind: "alert-timeline",
  description:
    "every transition of an alert or incident, newest first; option follows: the id of the list it follows",
  title(view, panel) {
    const subject = subjectOf(view, panel);
    if (subject?.type === "incident") return `timeline of #${subject.incident.id}, newest first`;
    return subject ? `timeline of ${subject.alert.rule}, newest first` : "timeline";
  },
  items: (view, panel) => entriesOf(view, panel).map(({ key }) => key),
  paint(view, size, panel) {
    const entries = entriesOf(view, panel);
    if (entries.length === 0)
      return emptyRows(
        "no transitions: pending, fired, acknowledged, resolved, with reason and author",
        size,
      );
    const focused = view.ui.focus === panel.id;
    const cursor = focused
      ? cursorIndex(
          view,
          panel,
          entries.map(({ key }) => key),
        )
      : 0;
    const top = scrollTop(cursor, entries.length, size.height);
    const shown = entries.slice(top, top + size.height);
    const width = whatWidth(entries, size.width);
    return shown.map((entry, index) => ({
      line: entryLine(entry, width, view.glyphs.ellipsis),
      selected: focused && top + index === cursor,
    }));
  },
};

/** Types of transitions are in one column; entries of incidents are sentences. */
function whatWidth(entries: readonly Entry[], width: number): number {
  const columns = entries.filter(({ reason }) => reason !== "");
  const longest = columns.reduce((most, { what }) => Math.max(most, widthOf(what)), 0);
  return Math.min(longest, Math.max(12, width - 30));
}

function entryLine({ at, what, role, reason, actor }: Entry, width: number, ellipsis: string): Line {
  return [
    span(`${formatTime(at)} `, "dim"),
    span(reason === "" ? what : fitText(what, width, ellipsis), role),
    ...(actor === undefined ? [] : [span(` ${actor}`, "accent")]),
    ...(reason === "" ? [] : [span(` ${reason}`, "dim")]),
  ];
}

function entriesOf(view: View, panel: PanelInstance): readonly Entry[] {
  const subject = subjectOf(view, panel);
  return subject === undefined ? [] : newestFirst(view, subject);
}

function newestFirst(view: View, subject: Subject): readonly Entry[] {
  if (subject.type === "incident") {
    const { timeline } = subject.incident;
    return timeline
      .map(
        ({ at, text, actor }, nth): Entry => ({
          key: String(nth),
          at,
          what: text,
          role: "text",
          reason: "",
          actor,
        }),
      )
      .toReversed();
  }
  const { fingerprint } = subject.alert;
  return view.history
    .alertTimeline(fingerprint, view.at)
    .map(({ sequence, at, type, reason, actor }): Entry => {
      const by = actor === MONITOR ? undefined : actor;
      // The author says so already.
      const why = by !== undefined && reason === "by an operator" ? "" : reason;
      return { key: String(sequence), at, what: type, role: ROLES[type] ?? "text", reason: why, actor: by };
    })
    .toReversed();
}
