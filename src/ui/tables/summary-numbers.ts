import { formatCount, formatMs, formatRate, formatRatio } from "../../core/text.ts";
import type { ServiceSnapshot } from "../../monitor/types.ts";
import { fitText, type Line, span } from "../text/line.ts";
import {
  availabilityValue,
  errorValue,
  latencyRole,
  latencyValue,
  percentValue,
  rateValue,
  type Value,
} from "../text/values.ts";
import type { View } from "../view.ts";

/** Label, number and unit of one measured thing. */
const LABEL = 13;
const NUMBER = 8;
const UNIT = 4;
const MOST_GAP = 4;
const CELL = LABEL + NUMBER + UNIT;

interface Measure {
  readonly label: string;
  readonly value: Value;
  readonly unit: string;
  /** What goes first where there is no room: the highest. */
  readonly rank: number;
}

/** Gauges that have a place of their own in the numbers. */
const SHOWN_ELSEWHERE = new Set(["cpu", "memory"]);

/** Everything that is measured of a service, in columns; where it does not fit, what matters least is left out. */
export function summaryNumbers(view: View, service: ServiceSnapshot, width: number, rows: number): Line[] {
  const all = measures(view, service);
  const across = Math.max(1, Math.floor(width / CELL));
  const kept = new Set(all.toSorted((a, b) => a.rank - b.rank).slice(0, Math.max(0, across * rows)));
  const shown = all.filter((measure) => kept.has(measure));
  const down = Math.ceil(shown.length / across);
  const gap = " ".repeat(
    across > 1 ? Math.min(MOST_GAP, Math.floor((width - across * CELL) / (across - 1))) : 0,
  );
  return Array.from({ length: down }, (_, row) =>
    Array.from({ length: across }, (_, column) => shown[column * down + row])
      .filter((measure) => measure !== undefined)
      .flatMap(({ label, value, unit }, column) => [
        span(column > 0 ? gap : ""),
        span(fitText(label, LABEL, view.glyphs.ellipsis), "dim"),
        span(fitText(value.text, NUMBER, view.glyphs.ellipsis, "right"), value.role),
        span(fitText(unit ? ` ${unit}` : "", UNIT, ""), "dim"),
      ]),
  );
}

function measures(view: View, service: ServiceSnapshot): readonly Measure[] {
  const { stats, thresholds } = service;
  const has = stats.requestCount > 0;
  const plain = (text: string): Value =>
    has ? { text, role: "text" } : { text: view.glyphs.dash, role: "dim" };
  const measure = (label: string, value: Value, unit: string, rank: number) => ({ label, value, unit, rank });
  const others = [...service.gauges]
    .filter(([name]) => !SHOWN_ELSEWHERE.has(name))
    .map(([name, { value }]) =>
      measure(name.replaceAll("_", " "), { text: value.toFixed(2), role: "text" }, "", 8),
    );
  const growing = [...service.counters].map(([name, rate]) =>
    measure(name.replaceAll("_", " "), { text: formatRate(rate), role: "text" }, "/s", 14),
  );
  return [
    measure("requests", plain(formatCount(stats.requestCount)), "", 7),
    measure("rate", rateValue(view, service), "/s", 3),
    measure("errors", plain(formatCount(stats.errorCount)), "", 9),
    measure("error rate", errorValue(view, service), "%", 1),
    measure("p50", latencyValue(view, service, "p50"), "ms", 4),
    measure("p90", latencyValue(view, service, "p90"), "ms", 13),
    measure("p95", latencyValue(view, service, "p95"), "ms", 6),
    measure("p99", latencyValue(view, service, "p99"), "ms", 0),
    measure("p99.9", latencyValue(view, service, "p999"), "ms", 12),
    measure("mean", plain(formatMs(stats.mean)), "ms", 11),
    measure("slowest", plain(formatMs(stats.max)), "ms", 10),
    measure(`within ${limitText(thresholds.p99_degraded)}`, withinValue(view, service), "%", 8),
    measure("available", availabilityValue(view, service), "%", 2),
    measure("cpu", percentValue(view, service, service.cpu), "", 5),
    measure("memory", percentValue(view, service, service.memory), "", 5),
    ...others,
    ...growing,
  ];
}

/** Of the requests, those that took no longer than the p99 may: what is beyond it makes the service degraded. */
function withinValue(view: View, { name, stats, thresholds, health }: ServiceSnapshot): Value {
  const { history, at } = view.snapshot;
  const share =
    stats.requestCount > 0
      ? history.shareWithin(name, stats.windowMs, at, thresholds.p99_degraded)
      : Number.NaN;
  if (Number.isNaN(share)) return { text: view.glyphs.dash, role: "dim" };
  // 99.97 must not read as 100.0: only when none was slower it is a full hundred.
  const text = formatRatio(share < 1 ? Math.min(0.999, share) : 1);
  return { text, role: health === "unknown" ? "dim" : latencyRole(stats.p99, thresholds) };
}

/** A limit (ms) in its shorter unit: "500 ms", "1.5 s". */
function limitText(ms: number): string {
  return ms < 1000 ? `${Number(ms.toPrecision(3))} ms` : `${Number((ms / 1000).toPrecision(3))} s`;
}
