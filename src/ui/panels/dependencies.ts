import { fitText, type Line, span } from "../line.ts";
import { errorValue, latencyValue } from "../values.ts";
import type { View } from "../view.ts";
import { emptyRows } from "./scroll.ts";
import type { PanelKind } from "./types.ts";

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
  return [
    span(`  ${glyphs.health[service.health]} `, service.health),
    span(fitText(name, Math.max(8, width - 4 - 1 - 10 - 6 - 8), glyphs.ellipsis)),
    span(` ${fitText(service.health.toUpperCase(), 10, "")}`, service.health),
    span(fitText(errors.text, 6, "", "right"), errors.role),
    span(fitText(p99.text, 8, "", "right"), p99.role),
  ];
}
