import type { Binding } from "./types.ts";

const scroll = (
  keys: readonly string[],
  shown: string,
  word: string,
  by: number,
  footer: number,
): Binding => ({
  keys,
  shown,
  word,
  description: word,
  group: "general",
  footer,
  run: () => ({ ui: { type: "scroll-help", by } }),
});

/** The keys while the help is open. */
export const helpBindings: readonly Binding[] = [
  scroll(["j", "down"], "j", "down", 1, 20),
  scroll(["k", "up"], "k", "up", -1, 21),
  scroll(["pagedown", "space"], "PgDn", "page", 10, 22),
  scroll(["pageup"], "PgUp", "page back", -10, 23),
  {
    keys: ["esc", "?", "q", "enter"],
    shown: "Esc",
    word: "close",
    description: "close the help",
    group: "general",
    footer: 10,
    run: () => ({ ui: { type: "close" } }),
  },
  {
    keys: ["ctrl+c"],
    shown: "Ctrl-C",
    word: "quit",
    description: "quit",
    group: "general",
    run: () => ({ quit: true }),
  },
];
