import { cursorIndex } from "../panels/cursor.ts";
import type { UiAction } from "../reducer.ts";
import type { FocusPanel } from "../screen/boxes.ts";
import type { View } from "../view.ts";
import type { Binding, Intent } from "./types.ts";

/** The panel that the arrow keys move in; undefined if no panel on the screen has items. */
function focused({ ui, layout }: View): FocusPanel | undefined {
  return layout.focusable.find(({ panel }) => panel.id === ui.focus);
}

/**
 * Moves the cursor of the focused panel, or the selection if that panel has no cursor or no panel has items.
 */
function moveTo(view: View, target: (index: number, count: number) => number): Intent {
  const focus = focused(view);
  const own = focus && !focus.selects ? focus.panel : undefined;
  const items = focus ? view.itemsIn(focus.panel) : view.entities.map(({ name }) => name);
  const current = own ? cursorIndex(view, own, items) : Math.max(0, items.indexOf(view.selected?.name ?? ""));
  const item = items[Math.max(0, Math.min(items.length - 1, target(current, items.length)))];
  if (item === undefined) return { refused: "there is nothing to select here" };
  return { ui: own ? { type: "cursor", panel: own.id, item } : { type: "select", entity: item } };
}

const PAGE = 10;

function nextFocus(view: View, by: number): UiAction {
  const panels = view.layout.focusable;
  const at = panels.findIndex(({ panel }) => panel.id === view.ui.focus);
  const next = panels[(at + by + panels.length) % panels.length];
  return { type: "focus", panel: next?.panel.id ?? view.ui.focus };
}

/** The entity of the item at the cursor, else the selected one. */
function entityToOpen(view: View): string | undefined {
  const focus = focused(view);
  if (focus && !focus.selects) {
    const items = view.itemsIn(focus.panel);
    const item = items[cursorIndex(view, focus.panel, items)];
    const entity = item === undefined ? undefined : view.entityOf(focus.panel, item);
    if (entity !== undefined) return entity;
  }
  return view.selected?.name;
}

export const moveBindings: readonly Binding[] = [
  {
    keys: ["j", "down"],
    shown: "j Down",
    word: "down",
    description: "next entity, or next item of the focused panel",
    group: "move",
    run: (view) => moveTo(view, (index) => index + 1),
  },
  {
    keys: ["k", "up"],
    shown: "k Up",
    word: "up",
    description: "previous entity or item",
    group: "move",
    run: (view) => moveTo(view, (index) => index - 1),
  },
  {
    keys: ["g"],
    shown: "g",
    word: "first",
    description: "first entity or item",
    group: "move",
    run: (view) => moveTo(view, () => 0),
  },
  {
    keys: ["G"],
    shown: "G",
    word: "last",
    description: "last entity or item",
    group: "move",
    run: (view) => moveTo(view, (_index, count) => count - 1),
  },
  {
    keys: ["pagedown", "ctrl+d"],
    shown: "PgDn",
    word: "page down",
    description: "ten items down",
    group: "move",
    run: (view) => moveTo(view, (index) => index + PAGE),
  },
  {
    keys: ["pageup", "ctrl+u"],
    shown: "PgUp",
    word: "page up",
    description: "ten items up",
    group: "move",
    run: (view) => moveTo(view, (index) => index - PAGE),
  },
  {
    keys: ["tab"],
    shown: "Tab",
    word: "next panel",
    description: "focus the next panel",
    group: "move",
    run: (view) => ({ ui: nextFocus(view, 1) }),
  },
  {
    keys: ["shift+tab"],
    shown: "Shift-Tab",
    word: "previous panel",
    description: "focus the previous panel",
    group: "move",
    run: (view) => ({ ui: nextFocus(view, -1) }),
  },
  {
    keys: ["enter"],
    shown: "Enter",
    word: "detail",
    description: "open the selected entity, or that of the selected alert",
    group: "move",
    footer: 40,
    when: (view) => {
      if (entityToOpen(view) === undefined) return "no entity is selected";
      return view.ui.view === "detail" ? "this is already the detail view" : true;
    },
    run: (view) => ({ ui: { type: "open", entity: entityToOpen(view)! } }),
  },
];
