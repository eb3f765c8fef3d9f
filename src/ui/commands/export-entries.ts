import type { Alert } from "../../core/alert.ts";
import type { Incident } from "../../core/incident.ts";
import { shownConsole } from "../alerts/subject.ts";
import { counted, currentSubject } from "../alerts/targets.ts";
import type { ExportContent } from "../exports.ts";
import type { Entry, Intent } from "../keymap/types.ts";
import type { View } from "../view.ts";
import { viewSpec } from "../views/index.ts";

/** `export alerts csv FILE`, `export summary FILE`, `summary`; a ! after the name replaces the file. */
const TYPED = /^(?:export\s+(alerts\s+(csv|json)|summary)|summary)(?:\s+(\S.*?)(!?))?$/i;

/** The exports: what is typed, and each kind with a proposed name. */
export function exportEntries(view: View, typed: string): readonly Entry[] {
  const text = typed.trim();
  const found = TYPED.exec(text);
  const [, , format, file, bang] = found ?? [];
  const own =
    found === null || file === undefined
      ? []
      : [
          {
            ...(format
              ? alertsEntry(view, format.toLowerCase() as "csv" | "json", file, bang === "!")
              : summaryEntry(view, file, bang === "!")),
            title: text,
          },
        ];
  const stamp = stampOf(view.at);
  const offered = [
    alertsEntry(view, "csv", `alerts-${stamp}.csv`),
    alertsEntry(view, "json", `alerts-${stamp}.json`),
    summaryEntry(view, `incident-${incidentOf(view)?.id ?? "none"}.md`),
  ];
  return [...own, ...offered];
}

function alertsEntry(view: View, format: "csv" | "json", file: string, replace = false): Entry {
  const { alerts, which } = exported(view);
  const what = `${counted(alerts.length, "alert")}${which}`;
  return {
    title: `export alerts ${format} ${file}: ${what}`,
    shown: "",
    enabled: true,
    run: () => written(file, replace, what, { type: "alerts", format, alerts, snapshot: view.snapshot }),
  };
}

/** In the console what the filter shows, elsewhere all. */
function exported(view: View): { readonly alerts: readonly Alert[]; readonly which: string } {
  const filter = view.ui.alertFilter.trim();
  if (filter === "" || viewSpec(view.ui.view).filters !== "alerts")
    return { alerts: view.snapshot.alerts, which: "" };
  return { alerts: shownConsole(view).matching, which: ` that match ${filter}` };
}

function summaryEntry(view: View, file: string, replace = false): Entry {
  const incident = incidentOf(view);
  const what = incident === undefined ? "no incident" : `incident #${incident.id} ${incident.title}`;
  return {
    title: `export summary ${file}: ${what}`,
    shown: "",
    enabled: incident === undefined ? "there is no incident yet" : true,
    run: () => {
      const text = incident && view.history.incidentSummary(incident.id, view.at);
      if (text === undefined) return { refused: "the summary of this incident is no longer known" };
      return written(file, replace, `the summary of incident #${incident!.id}`, { type: "text", text });
    },
  };
}

/** The incident that is open or at the cursor, else the newest. */
function incidentOf(view: View): Incident | undefined {
  const subject = currentSubject(view);
  if (subject?.type === "incident") return subject.incident;
  const { incidentOf: owners } = shownConsole(view);
  return (subject && owners.get(subject.alert.fingerprint)) ?? view.snapshot.incidents[0];
}

function written(file: string, replace: boolean, what: string, content: ExportContent): Intent {
  return { export: { file, replace, what, content } };
}

/** "20261121-190320", local time. */
function stampOf(at: number): string {
  const date = new Date(at);
  const pad = (part: number) => String(part).padStart(2, "0");
  const day = `${date.getFullYear()}${pad(date.getMonth() + 1)}${pad(date.getDate())}`;
  return `${day}-${pad(date.getHours())}${pad(date.getMinutes())}${pad(date.getSeconds())}`;
}
