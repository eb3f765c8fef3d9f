import type { Binding } from "./types.ts";

export const generalBindings: readonly Binding[] = [
  {
    keys: ["esc"],
    shown: "Esc",
    word: "back",
    description: "close, go back or drop the filter; never quits",
    group: "general",
    run: () => ({ ui: { type: "back" } }),
  },
  {
    keys: [":"],
    shown: ":",
    word: "commands",
    description: "command palette",
    group: "general",
    run: () => ({ ui: { type: "palette-open" } }),
  },
  {
    keys: ["?"],
    shown: "?",
    word: "help",
    description: "list all keys",
    group: "general",
    footer: 22,
    run: () => ({ ui: { type: "help" } }),
  },
  {
    keys: ["q", "ctrl+c"],
    shown: "q Ctrl-C",
    word: "quit",
    description: "end all faults and quit",
    group: "general",
    footer: 24,
    run: () => ({ quit: true }),
  },
  {
    keys: ["ctrl+z"],
    shown: "Ctrl-Z",
    word: "suspend",
    description: "stop and return to the shell; fg continues",
    group: "general",
    run: () => ({ suspend: true }),
  },
];
