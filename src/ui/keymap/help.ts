import type { View } from "../view.ts";
import type { Binding } from "./types.ts";

/** Rows of the help above its keys: the heading. */
const HEAD = 1;

/** How far the help can be scrolled: until its last row is in sight. @param count how many keys it lists */
export function furthestScroll({ layout }: View, count: number): number {
  return Math.max(0, count + HEAD - layout.bodyHeight);
}

/** The keys while the help is open. @param count how many keys it lists */
export function helpBindings(view: View, count: number): readonly Binding[] {
  const { mode } = view.ui;
  const furthest = furthestScroll(view, count);
  // A screen that has grown since may show less scrolled out than was asked for.
  const top = mode.type === "help" ? Math.min(furthest, mode.scroll) : 0;
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
    run: () => ({ ui: { type: "scroll-help", rows: Math.max(0, Math.min(furthest, top + by)) } }),
  });
  return [
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
}
