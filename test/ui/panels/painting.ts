import type { PanelKind } from "../../../src/ui/panels/types.ts";
import { lineWidth } from "../../../src/ui/text/line.ts";
import type { Size, View } from "../../../src/ui/view.ts";
import { type startSession, textOf } from "../rig.ts";

type Session = ReturnType<typeof startSession>;

/** What the session shows, with another zoom; with an instant, as it stood then. */
export function viewOf({ session, monitor }: Session, zoomIndex: number, at?: number): View {
  const view = session.view();
  const ui = { ...view.ui, zoomIndex };
  const live = monitor.snapshot();
  if (at === undefined) return { ...view, ui, live };
  const snapshot = monitor.snapshotAt(at);
  const selected = snapshot.services.find(({ name }) => name === view.selected?.name);
  return { ...view, ui, live, snapshot, selected, services: snapshot.services };
}

/** The rows of a panel as text. */
export function textsOf(kind: PanelKind, view: View, size: Size): string[] {
  return kind.paint(view, size).map(({ line }) => textOf(line));
}

/** The roles that something visible has in a row, left to right. */
export function rolesOf(kind: PanelKind, view: View, size: Size, row: number): string[] {
  return kind
    .paint(view, size)
    [row]!.line.filter(({ text }) => text.trim() !== "")
    .map(({ role }) => role);
}

/** The most columns that a row takes. */
export function widestRow(kind: PanelKind, view: View, size: Size): number {
  return Math.max(0, ...kind.paint(view, size).map(({ line }) => lineWidth(line)));
}
