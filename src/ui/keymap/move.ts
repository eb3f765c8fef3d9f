import type { UiAction } from "../reducer.ts";
import type { View } from "../view.ts";
import type { Binding, Intent } from "./types.ts";

/** Moves within the panel that has the focus: the selection in the table, the cursor elsewhere. */
function moveTo(view: View, target: (index: number, count: number) => number): Intent {
  const clamp = (index: number, count: number) => Math.max(0, Math.min(count - 1, target(index, count)));
  const panel = view.ui.focus;
  if (panel === "services") {
    const at = view.services.findIndex(({ name }) => name === view.selected?.name);
    return { ui: { type: "select", service: view.services[clamp(at, view.services.length)]?.name } };
  }
  const count = view.itemsIn(panel);
  const index = clamp(view.ui.cursors[panel] ?? 0, count);
  return { ui: { type: "cursor", panel, index } };
}

const PAGE = 10;

function nextFocus(view: View, by: number): UiAction {
  const panels = view.layout.focusable;
  const at = panels.indexOf(view.ui.focus);
  return { type: "focus", panel: panels[(at + by + panels.length) % panels.length] ?? view.ui.focus };
}

function openDetail(view: View): Intent {
  if (view.ui.focus === "alerts") {
    const alert = view.snapshot.alerts[view.ui.cursors.alerts ?? 0];
    if (alert) return { ui: { type: "open", service: alert.service } };
  }
  return { ui: { type: "open", service: view.selected!.name } };
}

export const moveBindings: readonly Binding[] = [
  {
    keys: ["j", "down"],
    shown: "j Down",
    word: "down",
    description: "next service, or next line of the panel in focus",
    group: "move",
    run: (view) => moveTo(view, (index) => index + 1),
  },
  {
    keys: ["k", "up"],
    shown: "k Up",
    word: "up",
    description: "previous service or line",
    group: "move",
    run: (view) => moveTo(view, (index) => index - 1),
  },
  {
    keys: ["g"],
    shown: "g",
    word: "first",
    description: "first service or line",
    group: "move",
    run: (view) => moveTo(view, () => 0),
  },
  {
    keys: ["G"],
    shown: "G",
    word: "last",
    description: "last service or line",
    group: "move",
    run: (view) => moveTo(view, (_index, count) => count - 1),
  },
  {
    keys: ["pagedown", "ctrl+d"],
    shown: "PgDn",
    word: "page down",
    description: "ten further down",
    group: "move",
    run: (view) => moveTo(view, (index) => index + PAGE),
  },
  {
    keys: ["pageup", "ctrl+u"],
    shown: "PgUp",
    word: "page up",
    description: "ten further up",
    group: "move",
    run: (view) => moveTo(view, (index) => index - PAGE),
  },
  {
    keys: ["tab"],
    shown: "Tab",
    word: "next panel",
    description: "give the arrows to the next panel",
    group: "move",
    run: (view) => ({ ui: nextFocus(view, 1) }),
  },
  {
    keys: ["shift+tab"],
    shown: "Shift-Tab",
    word: "previous panel",
    description: "give the arrows to the previous panel",
    group: "move",
    run: (view) => ({ ui: nextFocus(view, -1) }),
  },
  {
    keys: ["enter"],
    shown: "Enter",
    word: "detail",
    description: "everything about the selected service, or the service of the selected alert",
    group: "move",
    footer: 40,
    when: ({ selected, ui }) => {
      if (!selected) return "no service is selected";
      return ui.view === "detail" ? "this is the detail already" : true;
    },
    run: openDetail,
  },
];
