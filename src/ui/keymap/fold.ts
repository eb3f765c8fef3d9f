import type { Incident } from "../../core/incident.ts";
import { shownConsole } from "../alerts/subject.ts";
import type { ConsoleRow } from "../alerts/tree.ts";
import type { View } from "../view.ts";
import { rowAtCursor } from "./console-rows.ts";
import type { Binding, Intent } from "./types.ts";

/** The incident of the row at the cursor: its own, or the one that it is listed under. */
function incidentAt(view: View): Incident | undefined {
  const row = rowAtCursor(view);
  return row && ownerOf(view, row);
}

function ownerOf(view: View, row: ConsoleRow): Incident | undefined {
  if (row.type === "incident") return row.incident;
  if (row.type === "alert") return shownConsole(view).incidentOf.get(row.key);
  return view.snapshot.incidents.find(({ id }) => row.key.startsWith(`${id}/`));
}

const NONE = "there is no incident here";
const isConsole = ({ ui }: View) => ui.focus === "console";

/** Closing from one of its alerts moves the cursor to the incident: it would be on nothing. */
function close(view: View): Intent {
  return { ui: { type: "fold", incident: incidentAt(view)!.id } };
}

export const foldBindings: readonly Binding[] = [
  {
    keys: ["right", "l"],
    shown: "Right l",
    word: "expand",
    description: "list the alerts of the incident at the cursor",
    group: "alerts",
    footer: 42,
    when: (view) => {
      const row = isConsole(view) ? rowAtCursor(view) : undefined;
      if (row?.type !== "incident") return NONE;
      return row.isOpen ? "its alerts are listed already; Left hides them" : true;
    },
    run: (view) => ({ ui: { type: "expand", incident: incidentAt(view)!.id, open: true } }),
  },
  {
    keys: ["left", "h"],
    shown: "Left h",
    word: "collapse",
    description: "hide the alerts of the incident at the cursor",
    group: "alerts",
    footer: 43,
    when: (view) => {
      const incident = isConsole(view) ? incidentAt(view) : undefined;
      if (incident === undefined) return NONE;
      return view.ui.expanded.has(incident.id) ? true : "its alerts are hidden already; Right lists them";
    },
    run: close,
  },
];
