import { HEALTHS, type Health, healthRank } from "../core/health.ts";
import type { Snapshot } from "../monitor/types.ts";

/** The exit codes of monitoring plugins. */
export const STATUS_EXIT_CODES: Readonly<Record<Health, number>> = {
  healthy: 0,
  degraded: 1,
  critical: 2,
  down: 2,
  unknown: 3,
};

/** The maximum number of reasons; more would make the line hard to read. */
const MAX_ENTITIES = 3;

/**
 * `DEGRADED: 3 healthy, 2 degraded (payment-service p99 640 ms over 500 ms)`, worst first.
 * @param missing what is not known yet, if the answer had to be given before all was
 */
export function statusLine({ health, counts, entities }: Snapshot, missing?: string): string {
  const tally = HEALTHS.filter((name) => counts[name] > 0).map((name) => `${counts[name]} ${name}`);
  const troubled = entities
    .filter((entity) => entity.health !== "healthy")
    .toSorted((a, b) => healthRank(b.health) - healthRank(a.health));
  const shown = troubled
    .slice(0, MAX_ENTITIES)
    .map(({ name, reasons }) => [name, reasons[0]].filter((part) => part !== undefined).join(" "));
  const rest = troubled.length - shown.length;
  if (rest > 0) shown.push(`and ${rest} more`);
  const why = shown.length > 0 ? ` (${shown.join("; ")})` : "";
  const reservation = missing === undefined ? "" : `; ${missing}`;
  return `${health.toUpperCase()}: ${tally.join(", ")}${why}${reservation}`;
}
