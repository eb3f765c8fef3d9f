import type { Incident } from "../../core/incident.ts";

/** So many resolved incidents are listed; statistics know more. */
const RESOLVED_LISTED = 50;

/** Open incidents first, then resolved ones, newest first in each group. */
export function listed(incidents: readonly Incident[]): readonly Incident[] {
  const newestFirst = incidents.toSorted((a, b) => b.id - a.id);
  const open = newestFirst.filter(({ state }) => state !== "resolved");
  const resolved = newestFirst.filter(({ state }) => state === "resolved");
  return [...open, ...resolved.slice(0, RESOLVED_LISTED)];
}
