import { isActive } from "../alerts/style.ts";
import { shownConsole } from "../alerts/subject.ts";
import { activeMembers } from "../alerts/targets.ts";
import type { ConsoleRow } from "../alerts/tree.ts";
import type { View } from "../view.ts";

/** The row at the cursor of the console. */
export function rowAtCursor(view: View): ConsoleRow | undefined {
  const { rows, byKey } = shownConsole(view);
  return byKey.get(view.ui.cursors.console ?? "") ?? rows[0];
}

/** The active alerts of the row at the cursor. */
export function fingerprintsAt(view: View): readonly string[] {
  const row = rowAtCursor(view);
  if (row === undefined || row.type === "past") return [];
  const alerts = row.type === "incident" ? activeMembers(view, row.incident) : [row.alert].filter(isActive);
  return alerts.map(({ fingerprint }) => fingerprint);
}
