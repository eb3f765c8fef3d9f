import type { ServiceSnapshot } from "../../monitor/types.ts";
import type { Sort } from "../state.ts";
import { fitText, type Span, span } from "../text/line.ts";
import {
  availabilityValue,
  errorValue,
  latencyValue,
  percentValue,
  rateValue,
  type Value,
} from "../text/values.ts";
import type { View } from "../view.ts";

/** A column of the table of services. */
export interface Column {
  readonly heading: string;
  readonly width: number;
  readonly align: "left" | "right";
  /** The sorting that this column shows. */
  readonly sort?: Sort;
  /** Which column stays longest when room is scarce: the lowest. */
  readonly priority: number;
  readonly paint: (view: View, service: ServiceSnapshot) => Span;
}

export const NAME_WIDTH = { min: 12, max: 24 } as const;
const MARKER = 2;
const GAP = 2;
const FAULT_MARK = 2;
const SPARK = { min: 12, max: 30 } as const;

function number(
  heading: string,
  width: number,
  priority: number,
  value: (view: View, service: ServiceSnapshot) => Value,
  sort?: Sort,
): Column {
  const paint = (view: View, service: ServiceSnapshot) => {
    const { text, role } = value(view, service);
    return span(fitText(text, width, view.glyphs.ellipsis, "right"), role);
  };
  return { heading, width, align: "right", priority, paint, ...(sort && { sort }) };
}

/** From left to right. */
const COLUMNS: readonly Column[] = [
  {
    heading: "health",
    width: 10,
    align: "left",
    sort: "health",
    priority: 0,
    paint: ({ glyphs }, { health }) =>
      span(fitText(`${glyphs.health[health]} ${health.toUpperCase()}`, 10, ""), health),
  },
  number("req/s", 7, 3, rateValue, "rate"),
  number("err%", 5, 1, errorValue, "errors"),
  number("p50", 6, 8, (view, service) => latencyValue(view, service, "p50")),
  number("p95", 6, 5, (view, service) => latencyValue(view, service, "p95")),
  number("p99 ms", 7, 2, (view, service) => latencyValue(view, service, "p99"), "p99"),
  number("avail%", 6, 4, availabilityValue),
  number("cpu", 4, 6, (view, service) => percentValue(view, service, service.cpu)),
  number("mem", 4, 7, (view, service) => percentValue(view, service, service.memory)),
];

/** The columns that fit into `width`, most important first; what is left goes to the sparkline. */
export function columnsFor(width: number, nameWidth: number) {
  const fixed = MARKER + nameWidth + FAULT_MARK;
  const spark = GAP + SPARK.min;
  const chosen = new Set<Column>();
  let left = width - fixed;
  for (const column of COLUMNS.toSorted((a, b) => a.priority - b.priority)) {
    const reserve = chosen.size >= 4 ? spark : 0;
    if (left - (GAP + column.width) < reserve) break;
    chosen.add(column);
    left -= GAP + column.width;
  }
  const room = left - GAP;
  return {
    nameWidth,
    cells: COLUMNS.filter((column) => chosen.has(column)),
    sparkWidth: room >= SPARK.min ? Math.min(SPARK.max, room) : 0,
  };
}
