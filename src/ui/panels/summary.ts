import { formatCount, formatDuration, formatMs } from "../../core/text.ts";
import type { ServiceSnapshot } from "../../monitor/types.ts";
import { fitText, type Line, span, wrap } from "../line.ts";
import {
  availabilityValue,
  errorValue,
  latencyValue,
  percentValue,
  rateValue,
  type Value,
} from "../values.ts";
import type { Size, View } from "../view.ts";
import { emptyRows } from "./scroll.ts";
import type { PanelKind } from "./types.ts";

/** Label, number and unit of one measured thing. */
const CELL = 12 + 8 + 5;

/** Gauges that have a place of their own in the numbers. */
const SHOWN_ELSEWHERE = new Set(["cpu", "memory"]);

/** The selected service in words and numbers: its health, why, and everything that is measured. */
export const summary: PanelKind = {
  kind: "summary",
  title: ({ selected }) =>
    selected ? `${selected.name}, last ${formatDuration(selected.stats.windowMs)}` : "service",
  paint(view, size) {
    const service = view.selected;
    if (!service) return emptyRows("no service is selected", size);
    const lines = [
      verdict(view, service),
      ...reasons(service, size),
      [],
      ...numbers(view, service, size.width),
    ];
    return lines.slice(0, size.height).map((line) => ({ line }));
  },
};

function verdict({ glyphs, snapshot }: View, { health, healthSince, source, labels }: ServiceSnapshot): Line {
  const since = formatDuration(Math.floor((snapshot.at - healthSince) / 1000) * 1000);
  const about = [source, ...Object.entries(labels).map(([key, value]) => `${key}=${value}`)].join(", ");
  return [
    span(`${glyphs.health[health]} ${health.toUpperCase()}`, health),
    span(` for ${since}  (${about})`, "dim"),
  ];
}

function reasons({ reasons: why, health }: ServiceSnapshot, { width }: Size): Line[] {
  return why
    .flatMap((reason) => wrap(reason, width))
    .map((text) => [span(text, health === "down" ? "critical" : health)]);
}

function numbers(view: View, service: ServiceSnapshot, width: number): Line[] {
  const { stats } = service;
  const has = stats.requestCount > 0;
  const plain = (text: string): Value => ({
    text: has ? text : view.glyphs.dash,
    role: has ? "text" : "dim",
  });
  const cells: [string, Value, string][] = [
    ["requests", plain(formatCount(stats.requestCount)), ""],
    ["rate", rateValue(view, service), "/s"],
    ["errors", plain(formatCount(stats.errorCount)), ""],
    ["error rate", errorValue(view, service), "%"],
    ["p50", latencyValue(view, service, "p50"), "ms"],
    ["p95", latencyValue(view, service, "p95"), "ms"],
    ["p99", latencyValue(view, service, "p99"), "ms"],
    ["mean", plain(formatMs(stats.mean)), "ms"],
    ["slowest", plain(formatMs(stats.max)), "ms"],
    ["available", availabilityValue(view, service), "%"],
    ["cpu", percentValue(view, service, service.cpu), ""],
    ["memory", percentValue(view, service, service.memory), ""],
  ];
  for (const [name, value] of service.gauges) {
    if (!SHOWN_ELSEWHERE.has(name))
      cells.push([name.replaceAll("_", " "), { text: value.toFixed(2), role: "text" }, ""]);
  }
  const across = Math.max(1, Math.floor(width / CELL));
  const down = Math.ceil(cells.length / across);
  return Array.from({ length: down }, (_, row) =>
    Array.from({ length: across }, (_, column) => cells[column * down + row])
      .filter((cell) => cell !== undefined)
      .flatMap(([label, { text, role }, unit]) => [
        span(fitText(label, 12, view.glyphs.ellipsis), "dim"),
        span(fitText(text, 8, view.glyphs.ellipsis, "right"), role),
        span(fitText(unit ? ` ${unit}` : "", 5, ""), "dim"),
      ]),
  );
}
