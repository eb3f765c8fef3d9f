import { kindsOf } from "../sections.ts";
import { wrap } from "../text/line.ts";
import type { View } from "../view.ts";
import { type Binding, GROUPS } from "./types.ts";

/** Rows above the keys: the heading. */
const HEAD = 1;

/** Columns for the key, spaces and borders. */
const KEY_COLUMNS = 20;

/** A row of the help. A long description continues in the next row, without a key. */
export interface HelpRow {
  readonly key: string;
  readonly does: string;
}

/** All keys by group, then the keys of the fault menu: faults and actions for the monitored kinds. */
export function helpRows({ size, kinds, live }: View, keymap: readonly Binding[]): readonly HelpRow[] {
  const keys = GROUPS.flatMap((group) => keymap.filter((binding) => binding.group === group));
  const watched = kindsOf(live.entities);
  const offered = [...kinds.faults, ...kinds.actions].filter(({ accepts }) =>
    accepts.some((kind) => watched.has(kind)),
  );
  const all = [
    ...keys.map(({ shown, description }) => [shown, description] as const),
    ...offered.map(({ key, title, description }) => [`f ${key}`, `${title}: ${description}`] as const),
  ];
  const space = Math.max(10, size.width - KEY_COLUMNS);
  return all.flatMap(([key, description]) =>
    wrap(description, space).map((does, line) => ({ key: line === 0 ? key : "", does })),
  );
}

/** The scroll position at the end of the help. @param count its number of rows */
export function maxScroll({ layout }: View, count: number): number {
  return Math.max(0, count + HEAD - layout.bodyHeight);
}

/** The keys while the help is open. @param count its number of rows */
export function helpBindings(view: View, count: number): readonly Binding[] {
  const { mode } = view.ui;
  const max = maxScroll(view, count);
  // The screen can have become higher since the scroll position was set.
  const top = mode.type === "help" ? Math.min(max, mode.scroll) : 0;
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
    run: () => ({ ui: { type: "scroll-help", rows: Math.max(0, Math.min(max, top + by)) } }),
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
