import type { IncidentStatistics } from "../../core/incident.ts";
import { formatDuration } from "../../core/text.ts";
import type { History, Snapshot } from "../../monitor/types.ts";
import type { View } from "../view.ts";

/** Several panels show them in one frame. */
const results = new WeakMap<Snapshot, { readonly history: History; readonly result: IncidentStatistics }>();

/** The statistics of the 24 hours before the shown instant. */
export function statisticsOf({
  snapshot,
  history,
  at,
}: Pick<View, "snapshot" | "history" | "at">): IncidentStatistics {
  const known = results.get(snapshot);
  if (known?.history === history) return known.result;
  const result = history.incidentStatistics(at);
  results.set(snapshot, { history, result });
  return result;
}

/** A mean time, or a dash without any. */
export function meanText(ms: number, dash: string): string {
  return Number.isNaN(ms) ? dash : formatDuration(ms);
}
