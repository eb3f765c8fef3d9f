import { cursorIndex } from "../panels/cursor.ts";
import type { UiAction } from "../reducer.ts";
import type { FocusPanel } from "../screen/boxes.ts";
import type { View } from "../view.ts";
import { pagesOf, viewSpec } from "../views/index.ts";
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

/** The next panel of the view; after the last one the next page, if the view has pages. */
function nextFocus(view: View, by: 1 | -1): UiAction {
  const panels = view.layout.focusable;
  const to = panels.findIndex(({ panel }) => panel.id === view.ui.focus) + by;
  const pages = pagesOf(view.ui.view);
  if (pages.length > 1 && (to < 0 || to >= panels.length)) {
    const page = pages[(pages.indexOf(view.ui.view) + by + pages.length) % pages.length]!;
    return { type: "page", view: page };
  }
  const next = panels[(to + panels.length) % panels.length];
  return { type: "focus", panel: next?.panel.id ?? view.ui.focus };
}

/** What Enter does, where it opens no entity. */
const OPEN_WORDS: Readonly<Record<string, string>> = {
  "open-alert": "open",
  "open-incident": "open",
  "open-delivery": "attempts",
  "rule-test": "test",
};

/** What Enter does with the item at the cursor of the focused panel. */
function toOpen(view: View): UiAction | undefined {
  const focus = focused(view);
  if (focus && !focus.selects) {
    const items = view.itemsIn(focus.panel);
    const item = items[cursorIndex(view, focus.panel, items)];
    // A list of alerts or rules without any has no entity either.
    if (item === undefined && viewSpec(view.ui.view).filters === "alerts") return undefined;
    const opened = item === undefined ? undefined : view.opens(focus.panel, item);
    if (opened !== undefined) return opened;
  }
  const entity = entityToOpen(view);
  return entity === undefined ? undefined : { type: "open", entity };
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
    description: "focus the next panel, or the next page of the alerts",
    group: "move",
    run: (view) => ({ ui: nextFocus(view, 1) }),
  },
  {
    keys: ["shift+tab"],
    shown: "Shift-Tab",
    word: "previous panel",
    description: "focus the previous panel or page",
    group: "move",
    run: (view) => ({ ui: nextFocus(view, -1) }),
  },
  {
    keys: ["enter"],
    shown: "Enter",
    word: "detail",
    wordNow: (view) => OPEN_WORDS[toOpen(view)?.type ?? ""],
    description: "open the selected entity, alert or incident, or test the selected rule",
    group: "move",
    footer: 40,
    when: (view) => {
      const action = toOpen(view);
      if (action === undefined)
        return view.selected ? "there is nothing to open here" : "no entity is selected";
      const isHere = action.type === "open" && view.ui.view === "detail";
      return isHere && action.entity === view.selected?.name ? "this is already the detail view" : true;
    },
    run: (view) => ({ ui: toOpen(view)! }),
  },
];
