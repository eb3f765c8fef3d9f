import type { Limits, Measure } from "../../core/measure.ts";
import type { EntitySnapshot, HistoryQuery } from "../../monitor/types.ts";
import type { Line, Role, Span } from "../text/line.ts";
import { headlineOf, kindOf, roleOfValue } from "../text/values.ts";
import type { View } from "../view.ts";
import { addsUp, readsOnly } from "./measure-reads.ts";

const SPAN_MS = 60_000;
/** The open second is partly empty; over two of them that does not read as a drop. */
const LEAST_RATE_MS = 2000;

/**
 * The headline of the last minute in `width` columns, each for its own share of the minute. Columns lie on a
 * fixed grid of time: they move on by whole columns, never by fractions.
 */
export function sparkline(view: View, entity: EntitySnapshot, width: number): Line {
  const { history, snapshot, live } = view;
  const kind = kindOf(view, entity);
  const measure = headlineOf(kind);
  const stepMs = SPAN_MS / width;
  const to = Math.ceil(snapshot.at / stepMs) * stepMs;
  // A gauge holds until it is set again, which may be less often than a column.
  const holds = readsOnly(kind, measure, "gauge");
  const windowMs = holds ? Math.max(stepMs, entity.windowMs) : stepMs;
  const read = (query: HistoryQuery) => history.series(entity.name, measure.id, query);
  const values = read({ from: to - stepMs * (width - 1), to, points: width, windowMs });
  // On a screen that has gone back the newest column must not show what was still to come.
  const begunMs = snapshot.at - (to - stepMs);
  const newest = (length: number) =>
    read({ from: snapshot.at, to: snapshot.at, points: 1, windowMs: length })[0]!;
  if (addsUp(measure)) values[width - 1] = newest(Math.max(LEAST_RATE_MS, stepMs));
  else if (live.at > snapshot.at) values[width - 1] = newest(holds ? windowMs : begunMs);
  return sparkBlocks(view, values, measure, entity.limits[measure.id]);
}

/**
 * Values as blocks, a column each, in the colours of the limits they cross. A full block is the critical limit
 * or more, so that a calm entity is a low line; without limits it is the highest of the values. NaN is blank.
 */
export function sparkBlocks(
  { glyphs }: Pick<View, "glyphs">,
  values: Float64Array,
  measure: Measure,
  limits: Limits | undefined,
  calm: Role = "mark",
): Line {
  const known = values.filter((value) => !Number.isNaN(value));
  const top = Math.max(ceilingOf(measure, limits), ...known);
  const steps = glyphs.sparkline;
  const spans: Span[] = [];
  for (const value of values) {
    // The blank, first of the steps, is kept for what is not known.
    const level = top > 0 ? Math.ceil((value / top) * (steps.length - 1)) : 0;
    const text = Number.isNaN(value) ? steps[0]! : steps[Math.max(1, Math.min(steps.length - 1, level))]!;
    const role = roleOfValue(value, limits, measure);
    append(spans, text, role === "text" ? calm : role);
  }
  return spans;
}

/** What a full block stands for at least. */
function ceilingOf({ worse, axisAtLeast = 0 }: Measure, limits: Limits | undefined): number {
  const limit = worse === "up" ? (limits?.critical ?? limits?.degraded) : undefined;
  return limit ?? axisAtLeast;
}

/** Neighbours of one role share a span: fewer codes on the wire. */
function append(spans: Span[], text: string, role: Role): void {
  const last = spans.at(-1);
  if (last?.role === role) spans[spans.length - 1] = { text: last.text + text, role };
  else spans.push({ text, role });
}
