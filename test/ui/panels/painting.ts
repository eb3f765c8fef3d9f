import type { EntityKind } from "../../../src/core/entity.ts";
import type { PanelKind, PanelOptions } from "../../../src/ui/panels/types.ts";
import { sectionsOf } from "../../../src/ui/sections.ts";
import { lineWidth } from "../../../src/ui/text/line.ts";
import type { Size, View } from "../../../src/ui/view.ts";
import { type startSession, textOf } from "../harness.ts";

type Session = Pick<ReturnType<typeof startSession>, "session" | "monitor">;

/** The view of the session with another zoom, live or at an instant. */
export function viewOf({ session, monitor }: Session, zoomIndex: number, at?: number): View {
  const view = session.view();
  const ui = { ...view.ui, zoomIndex };
  const live = monitor.snapshot();
  if (at === undefined) return { ...view, ui, live };
  const snapshot = monitor.snapshotAt(at);
  return withEntities({ ...view, ui, live, snapshot }, snapshot.entities);
}

/** The view with other entities, all visible. */
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

/** The view with changes to the selected entity. */
export function withSelected(view: View, change: Partial<NonNullable<View["selected"]>>): View {
  return { ...view, selected: { ...view.selected!, ...change } };
}

/** The view with another description of one entity kind. */
export function withKind(view: View, kind: EntityKind): View {
  const entities = new Map(view.kinds.entities).set(kind.kind, kind);
  return { ...view, kinds: { ...view.kinds, entities } };
}

/** An instance of a panel kind, with the name of the kind as id. */
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

/** The roles of the visible text in a row, left to right. */
export function rolesOf(kind: PanelKind, view: View, size: Size, row: number): string[] {
  return kind
    .paint(view, size, instanceOf(kind))
    [row]!.line.filter(({ text }) => text.trim() !== "")
    .map(({ role }) => role);
}

/** The width of the widest row. */
export function widestRow(kind: PanelKind, view: View, size: Size, options?: PanelOptions): number {
  return Math.max(0, ...kind.paint(view, size, instanceOf(kind, options)).map(({ line }) => lineWidth(line)));
}
