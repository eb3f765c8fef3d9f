import type { ServiceSnapshot } from "../../monitor/types.ts";
import type { Line, Role, Span } from "../text/line.ts";
import { latencyRole } from "../text/values.ts";
import type { View } from "../view.ts";

const SPAN_MS = 60_000;

/**
 * The p99 of the last minute in `width` columns, each speaking of its own share of the minute. A full
 * block stands for the limit of the critical or more, so that a calm service is a low line. Columns lie on
 * a fixed grid of time: they move on by whole columns, never by fractions.
 */
export function sparkline(view: View, service: ServiceSnapshot, width: number): Line {
  const { at, history } = view.snapshot;
  const stepMs = SPAN_MS / width;
  const to = Math.ceil(at / stepMs) * stepMs;
  const ask = (from: number, until: number, points: number, windowMs: number) =>
    history.series(service.name, { metric: "p99", from, to: until, points, windowMs });
  const values = ask(to - stepMs * (width - 1), to, width, stepMs);
  // On a screen that has gone back the newest column must not show what was still to come.
  if (view.live.at > at) values[width - 1] = ask(at, at, 1, at - (to - stepMs))[0]!;
  return sparkBlocks(view, service, values);
}

/** p99s (ms, NaN without requests) as blocks, a column each, in the colours of the service's limits. */
export function sparkBlocks(
  view: View,
  service: ServiceSnapshot,
  values: Float64Array,
  calm: Role = "mark",
): Line {
  const top = Math.max(service.thresholds.p99_critical, ...values.filter((value) => !Number.isNaN(value)));
  const steps = view.glyphs.sparkline;
  const spans: Span[] = [];
  for (const value of values) {
    // The blank, first of the steps, is kept for "no requests".
    const level = Math.max(1, Math.min(steps.length - 1, Math.ceil((value / top) * (steps.length - 1))));
    const text = Number.isNaN(value) ? steps[0]! : steps[level]!;
    const limit = Number.isNaN(value) ? "text" : latencyRole(value, service.thresholds);
    append(spans, text, limit === "text" ? calm : limit);
  }
  return spans;
}

/** Neighbours of one role share a span: fewer codes on the wire. */
function append(spans: Span[], text: string, role: Role): void {
  const last = spans.at(-1);
  if (last?.role === role) spans[spans.length - 1] = { text: last.text + text, role };
  else spans.push({ text, role });
}
