import type { PanelKind, PanelOptions } from "../../../src/ui/panels/types.ts";
import { sectionsOf } from "../../../src/ui/sections.ts";
import { lineWidth } from "../../../src/ui/text/line.ts";
import type { Size, View } from "../../../src/ui/view.ts";
import { type startSession, textOf } from "../harness.ts";

type Session = Pick<ReturnType<typeof startSession>, "session" | "monitor">;

/** What the session shows, with another zoom; with an instant, as it stood then. */
export function viewOf({ session, monitor }: Session, zoomIndex: number, at?: number): View {
  const view = session.view();
  const ui = { ...view.ui, zoomIndex };
  const live = monitor.snapshot();
  if (at === undefined) return { ...view, ui, live };
  const snapshot = monitor.snapshotAt(at);
  return withEntities({ ...view, ui, live, snapshot }, snapshot.entities);
}

/** The view with other entities, all of them shown. */
export function withEntities(view: View, entities: View["entities"]): View {
  const order = { filter: "", sort: "config", reversed: false };
  return {
    ...view,
    snapshot: { ...view.snapshot, entities },
    entities,
    sections: sectionsOf(entities, view.kinds.entities, order),
    selected: entities.find(({ name }) => name === view.selected?.name),
  };
}

/** The view with something else about the selected entity. */
export function withSelected(view: View, change: Partial<NonNullable<View["selected"]>>): View {
  return { ...view, selected: { ...view.selected!, ...change } };
}

/** A panel of a kind as it stands in a view, under the name of its kind. */
export function instanceOf({ kind }: PanelKind, options: PanelOptions = {}) {
  return { id: kind, kind, options };
}

/** The rows of a panel as text. */
export function textsOf(kind: PanelKind, view: View, size: Size, options?: PanelOptions): string[] {
  return kind.paint(view, size, instanceOf(kind, options)).map(({ line }) => textOf(line));
}

export function titleOf(kind: PanelKind, view: View, options?: PanelOptions): string {
  return kind.title(view, instanceOf(kind, options));
}

/** The roles that something visible has in a row, left to right. */
export function rolesOf(kind: PanelKind, view: View, size: Size, row: number): string[] {
  return kind
    .paint(view, size, instanceOf(kind))
    [row]!.line.filter(({ text }) => text.trim() !== "")
    .map(({ role }) => role);
}

/** The most columns that a row takes. */
export function widestRow(kind: PanelKind, view: View, size: Size, options?: PanelOptions): number {
  return Math.max(0, ...kind.paint(view, size, instanceOf(kind, options)).map(({ line }) => lineWidth(line)));
}
