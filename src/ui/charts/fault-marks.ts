import type { Line } from "../text/line.ts";
import type { View } from "../view.ts";
import { markRow, type TimeSpan } from "./time-axis.ts";

/** One row under a chart of a service: where faults worked on it, or spread to it. */
export function faultMarks({ snapshot, glyphs }: View, service: string, time: TimeSpan): Line {
  const felt = snapshot.faults.filter((card) => card.service === service || card.spreadTo.includes(service));
  return markRow(
    felt.map((card) => ({ from: card.injectedAt, to: card.endedAt ?? snapshot.at })),
    time,
    glyphs,
  );
}
