import { formatCount, formatMs, formatRate, formatRatio } from "../../core/text.ts";
import type { ServiceSnapshot } from "../../monitor/types.ts";
import { errorRateRole } from "../text/error-role.ts";
import { fitText, type Line, type Role, span } from "../text/line.ts";
import { latencyRole } from "../text/values.ts";
import type { View } from "../view.ts";
import type { PhaseNumbers } from "./fault-phases.ts";

/** A service before, under and after a fault; undefined where that phase has not been. */
export interface Compared {
  readonly service: ServiceSnapshot;
  readonly before: PhaseNumbers | undefined;
  readonly during: PhaseNumbers | undefined;
  readonly after: PhaseNumbers | undefined;
  /** See hitScore. */
  readonly score: number;
}

export interface CompareColumn {
  readonly heading: string;
  readonly width: number;
  /** Which column stays longest when room is scarce: the lowest. */
  readonly priority: number;
  /** Exactly `width` columns. */
  paint(view: View, compared: Compared): Line;
}

const GAP = 2;
const JOINT = 3;

/** Three numbers of one kind, joined by arrows. */
function triple(
  heading: string,
  width: number,
  priority: number,
  value: (numbers: PhaseNumbers) => number,
  format: (value: number) => string,
  roleOf: (value: number, service: ServiceSnapshot) => Role,
): CompareColumn {
  const paint = ({ glyphs }: View, { service, before, during, after }: Compared) =>
    [before, during, after].flatMap((numbers, index) => {
      const joint = index === 0 ? [] : [span(` ${glyphs.arrow} `, "dim")];
      const known = numbers === undefined ? Number.NaN : value(numbers);
      if (Number.isNaN(known)) return [...joint, span(glyphs.dash.padStart(width), "dim")];
      return [
        ...joint,
        span(fitText(format(known), width, glyphs.ellipsis, "right"), roleOf(known, service)),
      ];
    });
  return { heading, width: 3 * width + 2 * JOINT, priority, paint };
}

const p99: CompareColumn = triple(
  "p99 ms",
  6,
  1,
  (numbers) => numbers.p99,
  formatMs,
  (value, { thresholds }) => latencyRole(value, thresholds),
);

const errors: CompareColumn = triple(
  "err%",
  5,
  2,
  (numbers) => numbers.errorRate,
  formatRatio,
  (value, { thresholds }) => errorRateRole(value, thresholds),
);

const rate: CompareColumn = triple(
  "req/s",
  6,
  3,
  (numbers) => numbers.rate,
  formatRate,
  () => "text",
);

/** How many times the p99 of before it was under the fault. */
const factor: CompareColumn = {
  heading: "p99 x",
  width: 6,
  priority: 0,
  paint({ glyphs }, { service, before, during }) {
    const times = before && during ? during.p99 / before.p99 : Number.NaN;
    if (!Number.isFinite(times)) return [span(glyphs.dash.padStart(this.width), "dim")];
    const text = times < 99.95 ? times.toFixed(1) : formatCount(times);
    const role = latencyRole(during!.p99, service.thresholds);
    return [span(fitText(`x${text}`, this.width, glyphs.ellipsis, "right"), times > 1.5 ? role : "dim")];
  },
};

/** From left to right. */
const COLUMNS: readonly CompareColumn[] = [p99, errors, rate, factor];

/**
 * The columns that fit into `width` beside names of at least `least` and at most `most` columns: names give
 * way before columns do.
 */
export function compareColumnsFor(width: number, least: number, most: number) {
  const chosen = new Set<CompareColumn>();
  let left = width - least;
  for (const column of COLUMNS.toSorted((a, b) => a.priority - b.priority)) {
    if (left < GAP + column.width) break;
    chosen.add(column);
    left -= GAP + column.width;
  }
  return {
    cells: COLUMNS.filter((column) => chosen.has(column)),
    nameWidth: Math.max(0, Math.min(most, width, least + left)),
    gap: " ".repeat(GAP),
  };
}
