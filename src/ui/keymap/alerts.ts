import { isActive } from "../alerts/style.ts";
import { shownConsole } from "../alerts/subject.ts";
import {
  type AlertCommand,
  asIntent,
  commandOn,
  currentSubject,
  type Targets,
  targetsOf,
} from "../alerts/targets.ts";
import type { View } from "../view.ts";
import { viewSpec } from "../views/index.ts";
import { pageBindings } from "./alert-pages.ts";
import { fingerprintsAt } from "./console-rows.ts";
import { foldBindings } from "./fold.ts";
import type { Binding } from "./types.ts";

/** Commands apply now: an alert of the past may be another one by now. */
export const PAUSED = "the screen is paused; End goes back to live";

/** Acknowledges what is not acknowledged yet, or takes it back when everything is. */
function acknowledgement(targets: Targets): AlertCommand {
  const { alerts, incident } = targets;
  const open = alerts.filter(({ acknowledged }) => acknowledged === undefined);
  const isAcknowledged = incident === undefined ? open.length === 0 : incident.state === "acknowledged";
  return isAcknowledged
    ? commandOn("unacknowledge", targets, alerts)
    : commandOn("acknowledge", targets, open);
}

/** True if there is something to act on, else why not. */
function canAct(view: View): true | string {
  if (view.ui.moment !== undefined) return PAUSED;
  const { alerts, what } = targetsOf(view);
  if (alerts.length > 0) return true;
  if (currentSubject(view) !== undefined) return `${what} is not active any more`;
  if (viewSpec(view.ui.view).filters === "alerts") return "there is no active alert at the cursor";
  return `no alert is active${view.selected ? ` on ${view.selected.name}` : ""}`;
}

const inConsole = ({ ui }: View) =>
  ui.focus === "console" ? true : "only the list of alerts has marks; press 3 to open it";

export const alertBindings: readonly Binding[] = [
  {
    keys: ["a"],
    shown: "a",
    word: "acknowledge",
    wordNow: (view) =>
      acknowledgement(targetsOf(view)).type === "unacknowledge" ? "unacknowledge" : undefined,
    description:
      "acknowledge the marked alerts, that at the cursor, or those of the selected entity; again: undo",
    group: "alerts",
    footer: 15,
    when: canAct,
    run: (view) => asIntent(view, acknowledgement(targetsOf(view))),
  },
  {
    keys: ["m"],
    shown: "m",
    word: "silence",
    description: "silence the same alerts for a time, or end a silence",
    group: "alerts",
    footer: 16,
    when: (view) => {
      if (view.ui.moment !== undefined) return PAUSED;
      const { alerts, silences } = view.snapshot;
      return alerts.some(isActive) || silences.length > 0 || view.selected ? true : "nothing to silence";
    },
    run: () => ({ ui: { type: "palette-open", text: "silence " } }),
  },
  ...pageBindings,
  {
    keys: ["v"],
    shown: "v",
    word: "mark",
    description: "mark the alert at the cursor for a common action, or all of an incident; again: unmark",
    group: "alerts",
    footer: 41,
    when: (view) => {
      const where = inConsole(view);
      if (where !== true) return where;
      return fingerprintsAt(view).length > 0 ? true : "there is no active alert to mark here";
    },
    run: (view) => ({ ui: { type: "mark", alerts: fingerprintsAt(view) } }),
  },
  {
    keys: ["*"],
    shown: "*",
    word: "mark all",
    description: "mark all active alerts that the filter shows; again: unmark",
    group: "alerts",
    footer: 47,
    when: (view) => {
      const where = inConsole(view);
      if (where !== true) return where;
      return shownConsole(view).matching.some(isActive) ? true : "there is no active alert to mark";
    },
    run: (view) => ({ ui: { type: "mark", alerts: matching(view) } }),
  },
  ...foldBindings,
  {
    keys: ["y"],
    shown: "y",
    word: "export",
    description: "write the alerts as CSV or JSON, or the summary of the incident, to a file",
    group: "alerts",
    footer: 46,
    when: (view) =>
      viewSpec(view.ui.view).filters === "alerts" || view.snapshot.alerts.length > 0
        ? true
        : "there are no alerts to export",
    run: (view) => ({
      ui: {
        type: "palette-open",
        text: currentSubject(view)?.type === "incident" ? "export summary " : "export ",
      },
    }),
  },
];

/** The active alerts that the filter shows. */
function matching(view: View): readonly string[] {
  return shownConsole(view)
    .matching.filter(isActive)
    .map(({ fingerprint }) => fingerprint);
}
