import { fitText, type Line, span } from "../text/line.ts";
import { emptyRows } from "../text/rows.ts";
import { errorValue, latencyValue } from "../text/values.ts";
import type { View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** From this width on there is room for the word of each health. */
const WORD_FROM = 36;

/** Whom the selected service calls and who calls it, with how each of them fares. */
export const dependencies: PanelKind = {
  kind: "dependencies",
  title: () => "dependencies: health, err%, p99 ms",
  paint(view, size) {
    const service = view.selected;
    if (!service || service.calls.length + service.calledBy.length === 0) {
      return emptyRows("calls nobody and is called by nobody, as far as its source knows", size);
    }
    const lines = [
      ...section(view, "calls", service.calls, size.width),
      ...section(view, "called by", service.calledBy, size.width),
    ];
    return lines.slice(0, size.height).map((line) => ({ line }));
  },
};

function section(view: View, title: string, names: readonly string[], width: number): Line[] {
  if (names.length === 0) return [];
  return [[span(title, "dim")], ...names.map((name) => neighbour(view, name, width))];
}

function neighbour(view: View, name: string, width: number): Line {
  const service = view.snapshot.services.find((other) => other.name === name);
  if (!service) return [span(`  ${name} is not watched`, "dim")];
  const { glyphs } = view;
  const errors = errorValue(view, service);
  const p99 = latencyValue(view, service, "p99");
  // The sign says it as well: where there is little room, the name is worth more than the word.
  const word = width < WORD_FROM ? "" : ` ${fitText(service.health.toUpperCase(), 10, "")}`;
  const shown = fitText(name, Math.max(1, width - 4 - word.length - 6 - 8), glyphs.ellipsis);
  return [
    span(`  ${glyphs.health[service.health]} `, service.health),
    span(shown),
    span(word, service.health),
    span(fitText(errors.text, 6, "", "right"), errors.role),
    span(fitText(p99.text, 8, "", "right"), p99.role),
  ];
}
