import { formatDuration } from "../../core/text.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import { summaryNumbers } from "../tables/summary-numbers.ts";
import { type Line, span, wrap } from "../text/line.ts";
import { emptyRows } from "../text/rows.ts";
import { lastTextOf } from "../text/window-text.ts";
import type { Size, View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** The selected entity: its health, the reasons, and all measures. */
export const summary: PanelKind = {
  kind: "summary",
  description: "the selected entity: its health, the reasons, and its measures",
  title: ({ selected, snapshot }) =>
    selected ? `${selected.name}, ${lastTextOf([selected], selected, snapshot.at)}` : "summary",
  paint(view, size) {
    const entity = view.selected;
    if (!entity) return emptyRows("nothing is selected", size);
    const words = [verdict(view, entity), ...reasons(entity, size)];
    const space = size.height - words.length;
    const numbers = summaryNumbers(view, entity, size.width, space);
    // Drop the blank row before any number.
    const lines = numbers.length < space ? [...words, [], ...numbers] : [...words, ...numbers];
    return lines.slice(0, size.height).map((line) => ({ line }));
  },
};

function verdict({ glyphs, snapshot }: View, entity: EntitySnapshot): Line {
  const { health, healthSince, kind, origin, labels } = entity;
  const seconds = Math.floor((snapshot.at - healthSince) / 1000);
  const since = seconds > 0 ? `for ${formatDuration(seconds * 1000)}` : "since now";
  const about = [kind, origin, ...Object.entries(labels).map(([key, value]) => `${key}=${value}`)].join(", ");
  return [
    span(`${glyphs.health[health]} ${health.toUpperCase()}`, health),
    span(` ${since}  (${about})`, "dim"),
  ];
}

function reasons({ reasons: why, health, problem }: EntitySnapshot, { width }: Size): Line[] {
  const sentences = problem === undefined || why.includes(problem) ? why : [...why, problem];
  return sentences
    .flatMap((reason) => wrap(reason, width))
    .map((text) => [span(text, health === "down" ? "critical" : health)]);
}
