import { wrap } from "../text/line.ts";
import type { View } from "../view.ts";
import { type Binding, GROUPS } from "./types.ts";

/** Rows of the help above its keys: the heading. */
const HEAD = 1;

/** What keys, blanks and rules take of a row beside the description. */
const ROOM_FOR_KEYS = 20;

/** A row of the help; a description that is too long for one goes on in the next, without a key. */
export interface HelpRow {
  readonly key: string;
  readonly does: string;
}

/** All keys in the order of their groups, and the letters of the fault menu. */
export function helpRows({ size, faultKinds }: View, keymap: readonly Binding[]): readonly HelpRow[] {
  const keys = GROUPS.flatMap((group) => keymap.filter((binding) => binding.group === group));
  const all = [
    ...keys.map(({ shown, description }) => [shown, description] as const),
    ...faultKinds.map(({ key, title, description }) => [`f ${key}`, `${title}: ${description}`] as const),
  ];
  const room = Math.max(10, size.width - ROOM_FOR_KEYS);
  return all.flatMap(([key, description]) =>
    wrap(description, room).map((does, line) => ({ key: line === 0 ? key : "", does })),
  );
}

/** How far the help can be scrolled: until its last row is in sight. @param count how many rows it has */
export function furthestScroll({ layout }: View, count: number): number {
  return Math.max(0, count + HEAD - layout.bodyHeight);
}

/** The keys while the help is open. @param count how many rows it has */
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
    scroll(["G", "end"], "G", "end", count, 24),
    scroll(["g", "home"], "g", "beginning", -count, 25),
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
