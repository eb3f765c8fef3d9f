import type { View } from "../view.ts";
import type { Binding } from "./types.ts";

const running = (view: View) => view.snapshot.faults.filter((fault) => fault.endedAt === undefined);

export const breakBindings: readonly Binding[] = [
  {
    keys: ["f"],
    shown: "f",
    word: "fault",
    description: "open the fault menu on the selected service; then press the fault's letter",
    group: "break",
    footer: 10,
    when: ({ selected }) => {
      if (!selected) return "no service is selected";
      return selected.breakable === true ? true : `${selected.name} cannot be broken: ${selected.breakable}`;
    },
    run: ({ selected }) => ({ ui: { type: "menu-open", service: selected!.name } }),
  },
  {
    keys: ["x"],
    shown: "x",
    word: "clear",
    description: "end the faults of the selected service",
    group: "break",
    footer: 20,
    when: (view) => {
      if (!view.selected) return "no service is selected";
      const { name } = view.selected;
      return running(view).some((fault) => fault.service === name) ? true : `no fault runs on ${name}`;
    },
    run: ({ selected }) => ({ command: { type: "clear", service: selected!.name } }),
  },
  {
    keys: ["X"],
    shown: "X",
    word: "clear all",
    description: "end every fault",
    group: "break",
    footer: 45,
    when: (view) => (running(view).length > 0 ? true : "no fault runs anywhere"),
    run: () => ({ command: { type: "clear-all" } }),
  },
];
