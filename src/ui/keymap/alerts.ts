import type { Alert } from "../../core/alert.ts";
import type { View } from "../view.ts";
import type { Binding } from "./types.ts";

const isFiring = ({ state }: Alert) => state === "firing" || state === "pending";

/** The alert at the cursor of the focused list, else the active ones of the selected entity. */
function chosen({ snapshot, ui, selected }: View): readonly Alert[] {
  const atCursor = snapshot.alerts.find(({ fingerprint }) => fingerprint === ui.cursors[ui.focus]);
  if (atCursor !== undefined) return isFiring(atCursor) ? [atCursor] : [];
  return snapshot.alerts.filter((alert) => isFiring(alert) && alert.entity === selected?.name);
}

/** Those that a key changes: what is not acknowledged yet, or all when everything is. */
function toAcknowledge(view: View): {
  readonly type: "acknowledge" | "unacknowledge";
  readonly alerts: string[];
} {
  const alerts = chosen(view);
  const open = alerts.filter(({ acknowledged }) => acknowledged === undefined);
  const type = open.length > 0 ? "acknowledge" : "unacknowledge";
  return { type, alerts: (open.length > 0 ? open : alerts).map(({ fingerprint }) => fingerprint) };
}

const ANY_ACTIVE = (view: View) => view.snapshot.alerts.some(isFiring);

export const alertBindings: readonly Binding[] = [
  {
    keys: ["a"],
    shown: "a",
    word: "acknowledge",
    wordNow: (view) => (toAcknowledge(view).type === "unacknowledge" ? "unacknowledge" : undefined),
    description: "acknowledge the alert at the cursor, or those of the selected entity; again: undo",
    group: "alerts",
    footer: 15,
    when: (view) => {
      if (view.ui.moment !== undefined) return "the screen is paused; End goes back to live";
      return chosen(view).length > 0
        ? true
        : `no alert is active${view.selected ? ` on ${view.selected.name}` : ""}`;
    },
    run: (view) => ({ command: toAcknowledge(view) }),
  },
  {
    keys: ["m"],
    shown: "m",
    word: "silence",
    description: "silence alerts for a time, or end a silence",
    group: "alerts",
    footer: 16,
    when: (view) =>
      ANY_ACTIVE(view) || view.snapshot.silences.length > 0 || view.selected ? true : "nothing to silence",
    run: () => ({ ui: { type: "palette-open", text: "silence " } }),
  },
];
