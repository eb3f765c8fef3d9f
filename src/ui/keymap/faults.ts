import type { View } from "../view.ts";
import { menuRefusal } from "./menu-choices.ts";
import type { Binding } from "./types.ts";

const NOTHING_SELECTED = "no entity is selected";

const active = (view: View) => view.snapshot.faults.filter((fault) => fault.endedAt === undefined);

export const faultBindings: readonly Binding[] = [
  {
    keys: ["f"],
    shown: "f",
    word: "fault",
    description: "fault menu of the selected entity; then press a key",
    group: "faults",
    footer: 10,
    when: (view) => (view.selected ? (menuRefusal(view, view.selected) ?? true) : NOTHING_SELECTED),
    run: ({ selected }) => ({ ui: { type: "menu-open", entity: selected!.name } }),
  },
  {
    keys: ["x"],
    shown: "x",
    word: "clear",
    description: "end the faults of the selected entity",
    group: "faults",
    footer: 20,
    when: (view) => {
      if (!view.selected) return NOTHING_SELECTED;
      const { name } = view.selected;
      return active(view).some((fault) => fault.entity === name) ? true : `no fault is active on ${name}`;
    },
    run: ({ selected }) => ({ command: { type: "clear", entity: selected!.name } }),
  },
  {
    keys: ["X"],
    shown: "X",
    word: "clear all",
    description: "end all faults",
    group: "faults",
    footer: 45,
    when: (view) => (active(view).length > 0 ? true : "no fault is active"),
    run: () => ({ command: { type: "clear-all" } }),
  },
];
