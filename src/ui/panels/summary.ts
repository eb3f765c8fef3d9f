import { formatDuration } from "../../core/text.ts";
import type { ServiceSnapshot } from "../../monitor/types.ts";
import { summaryNumbers } from "../tables/summary-numbers.ts";
import { type Line, span, wrap } from "../text/line.ts";
import { emptyRows } from "../text/rows.ts";
import type { Size, View } from "../view.ts";
import type { PanelKind } from "./types.ts";

/** The selected service in words and numbers: its health, why, and everything that is measured. */
export const summary: PanelKind = {
  kind: "summary",
  title: ({ selected }) =>
    selected ? `${selected.name}, last ${formatDuration(selected.stats.windowMs)}` : "service",
  paint(view, size) {
    const service = view.selected;
    if (!service) return emptyRows("no service is selected", size);
    const words = [verdict(view, service), ...reasons(service, size)];
    const room = size.height - words.length;
    const numbers = summaryNumbers(view, service, size.width, room);
    // The blank goes before any number does.
    const lines = numbers.length < room ? [...words, [], ...numbers] : [...words, ...numbers];
    return lines.slice(0, size.height).map((line) => ({ line }));
  },
};

function verdict({ glyphs, snapshot }: View, { health, healthSince, source, labels }: ServiceSnapshot): Line {
  const seconds = Math.floor((snapshot.at - healthSince) / 1000);
  const since = seconds > 0 ? `for ${formatDuration(seconds * 1000)}` : "since now";
  const about = [source, ...Object.entries(labels).map(([key, value]) => `${key}=${value}`)].join(", ");
  return [
    span(`${glyphs.health[health]} ${health.toUpperCase()}`, health),
    span(` ${since}  (${about})`, "dim"),
  ];
}

function reasons({ reasons: why, health }: ServiceSnapshot, { width }: Size): Line[] {
  return why
    .flatMap((reason) => wrap(reason, width))
    .map((text) => [span(text, health === "down" ? "critical" : health)]);
}
