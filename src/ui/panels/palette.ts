import { paletteEntries } from "../palette.ts";
import { fitText, span } from "../text/line.ts";
import { emptyRows, scrollTop } from "../text/rows.ts";
import type { PanelKind } from "./types.ts";

/** The open command palette: the typed text and the matching commands. */
export const palette: PanelKind = {
  kind: "palette",
  description: "the open command palette: the typed text and the matching commands",
  title: () => "commands: type to search, Enter runs the selected one",
  paint(view, size) {
    const { mode } = view.ui;
    if (mode.type !== "palette") return [];
    const entries = paletteEntries(view);
    const prompt = { line: [span(": ", "accent"), span(mode.text), span("_", "accent")] };
    const left = { width: size.width, height: size.height - 1 };
    if (entries.length === 0) return [prompt, ...emptyRows("no command matches", left)];
    const top = scrollTop(mode.index, entries.length, left.height);
    const rows = entries.slice(top, top + left.height).map(({ title, shown, enabled }, index) => {
      const selected = top + index === mode.index;
      return {
        selected,
        line: [
          span(selected ? `${view.glyphs.selection} ` : "  ", "accent"),
          span(
            fitText(title, Math.max(10, size.width - 12), view.glyphs.ellipsis),
            enabled === true ? "text" : "dim",
          ),
          span(fitText(shown, 9, "", "right"), "dim"),
        ],
      };
    });
    return [prompt, ...rows];
  },
};
