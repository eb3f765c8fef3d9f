import { formatDuration } from "../../core/text.ts";
import { type MenuChoice, menuChoices } from "../keymap/menu-choices.ts";
import { fitText, type Line, span, wrap } from "../text/line.ts";
import type { Row } from "../text/rows.ts";
import { emptyRows, scrollTop } from "../text/rows.ts";
import type { Size, View } from "../view.ts";
import type { PanelKind } from "./types.ts";

const LABEL = 26;
const TTL = 8;
/** Columns for selection mark, key and blanks. */
const BESIDE = 8;
const MIN_DESCRIPTION = 20;

/** The open fault menu: faults and actions with their keys, and the current parameters and duration. */
export const faultMenu: PanelKind = {
  kind: "fault-menu",
  description: "the open fault menu: faults and actions for an entity",
  title: ({ ui }) => (ui.mode.type === "fault-menu" ? `${ui.mode.entity}: press a key` : "faults"),
  paint(view, size) {
    const { mode } = view.ui;
    const choices = menuChoices(view);
    if (choices.length === 0) return emptyRows("no faults or actions for this entity", size);
    const cursor = Math.min(mode.type === "fault-menu" ? mode.index : 0, choices.length - 1);
    const firstAction = choices.findIndex(({ type }) => type === "action");
    const hasBoth = firstAction > 0;
    const heading: Row = { line: [span("  actions", "dim")] };
    const rows = choices.flatMap((choice, index): Row[] => {
      const own = choiceRow(view, choice, index === cursor, size);
      return hasBoth && index === firstAction ? [heading, own] : [own];
    });
    const chosen = choices[cursor]!;
    const why = chosen.enabled === true ? "" : ` Not now: ${chosen.enabled}.`;
    const about = descriptionRows(chosen.description + why, size, rows.length);
    const height = size.height - about.length;
    const row = hasBoth && cursor >= firstAction ? cursor + 1 : cursor;
    const top = scrollTop(row, rows.length, height);
    return [...rows.slice(top, top + height), ...about];
  },
};

function choiceRow({ glyphs }: View, choice: MenuChoice, selected: boolean, { width }: Size): Row {
  const { key, label, ttlMs, description, enabled } = choice;
  const space = width - LABEL - TTL - BESIDE;
  const words = enabled === true ? description : enabled;
  const quiet = enabled !== true;
  const line: Line = [
    span(selected ? `${glyphs.selection} ` : "  ", "accent"),
    span(key, quiet ? "dim" : choice.type === "fault" ? "fault" : "accent"),
    span(`  ${fitText(label, LABEL, glyphs.ellipsis)}`, quiet ? "dim" : selected ? "title" : "text"),
    span(fitText(ttlMs === undefined ? "" : formatDuration(ttlMs), TTL, "", "right"), quiet ? "dim" : "text"),
    span(space > MIN_DESCRIPTION ? `   ${fitText(words, space, glyphs.ellipsis)}` : "", "dim"),
  ];
  return { line, selected };
}

/** The full description of the choice at the cursor, if there is space below the list. */
function descriptionRows(text: string, size: Size, listed: number): readonly Row[] {
  const lines = ["", ...wrap(text, size.width - 5)].map((line) => ({ line: [span(`     ${line}`, "dim")] }));
  return listed + lines.length <= size.height ? lines : [];
}
