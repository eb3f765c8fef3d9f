import { wholeConsole } from "../alerts/subject.ts";
import { type Line, span } from "../text/line.ts";
import type { View } from "../view.ts";
import { pagesOf, type ViewName } from "../views/index.ts";
import type { PanelKind } from "./types.ts";

/** The pages of the current view, with what each of them holds. Tab goes through them. */
export const pages: PanelKind = {
  kind: "pages",
  description: "the pages of a view in one line; Tab goes through them",
  title: () => "",
  paint(view) {
    const names = pagesOf(view.ui.view);
    const line: Line = names.flatMap((name, nth) => {
      const count = countOf(view, name);
      const text = ` ${name}${count === "" ? "" : ` ${count}`} `;
      const isHere = name === view.ui.view;
      return [
        ...(nth > 0 ? [span(view.glyphs.box.vertical, "border")] : []),
        isHere ? span(`[${text.trim()}]`, "accent") : span(text, "dim"),
      ];
    });
    return [{ line: [span(" "), ...line, span("  Tab: next", "dim")] }];
  },
};

function countOf(view: View, name: ViewName): string {
  const { rules, silences, at } = view.snapshot;
  switch (name) {
    case "alerts":
      return String(wholeConsole(view).counts.firing);
    case "rules":
      return String(rules.length);
    case "silences":
      return String(silences.filter(({ endsAt }) => endsAt > at).length);
    default:
      return "";
  }
}
