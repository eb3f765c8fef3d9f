import { formatDuration } from "../../core/text.ts";
import { menuChoices } from "../keymap/fault-menu.ts";
import { fitText, span, wrap } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { scrollTop } from "../text/rows.ts";
import type { Size } from "../view.ts";
import type { PanelKind } from "./types.ts";

const LABEL = 26;
const TTL = 8;

/** The open fault menu: each kind with its letter, at the intensity and for the time that are set. */
export const faultMenu: PanelKind = {
  kind: "fault-menu",
  title: ({ ui }) => (ui.mode.type === "fault-menu" ? `break ${ui.mode.service}: press a letter` : "faults"),
  paint(view, size) {
    const { mode } = view.ui;
    const cursor = mode.type === "fault-menu" ? mode.index : 0;
    const choices = menuChoices(view);
    const room = size.width - LABEL - TTL - 8;
    const about = descriptionRows(choices[cursor]?.kind.description ?? "", size, choices.length);
    const height = size.height - about.length;
    const top = scrollTop(cursor, choices.length, height);
    const rows = choices.slice(top, top + height).map(({ kind, intensity, ttlMs }, index): Row => {
      const selected = top + index === cursor;
      return {
        selected,
        line: [
          span(selected ? `${view.glyphs.selection} ` : "  ", "accent"),
          span(kind.key, "fault"),
          span(
            `  ${fitText(kind.label(intensity), LABEL, view.glyphs.ellipsis)}`,
            selected ? "title" : "text",
          ),
          span(fitText(formatDuration(ttlMs), TTL, "", "right")),
          span(room > 20 ? `   ${fitText(kind.description, room, view.glyphs.ellipsis)}` : "", "dim"),
        ],
      };
    });
    return [...rows, ...about];
  },
};

/** The whole description of the kind under the cursor, where there is room for it below the list. */
function descriptionRows(text: string, size: Size, choices: number): readonly Row[] {
  const lines = ["", ...wrap(text, size.width - 5)].map((line) => ({ line: [span(`     ${line}`, "dim")] }));
  return choices + lines.length <= size.height ? lines : [];
}
