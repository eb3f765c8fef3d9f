import type { Line } from "../text/line.ts";
import type { View } from "../view.ts";
import { markRow, type TimeSpan } from "./time-axis.ts";

/**
 * One row under a chart of an entity: when faults were active on it or spread to it; undefined: all faults.
 */
export function faultMarks({ snapshot, glyphs }: View, entity: string | undefined, time: TimeSpan): Line {
  const relevant = snapshot.faults.filter(
    (card) => entity === undefined || card.entity === entity || card.spreadTo.includes(entity),
  );
  return markRow(
    relevant.map((card) => ({ from: card.injectedAt, to: card.endedAt ?? snapshot.at })),
    time,
    glyphs,
  );
}
