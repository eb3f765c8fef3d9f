/**
 * The state of an entity, ordered by how much attention it needs. `unknown` (no fresh data) stands between
 * healthy and degraded: a fleet with a silent entity is not green, but known trouble outranks silence.
 */
export const HEALTHS = ["healthy", "unknown", "degraded", "critical", "down"] as const;

export type Health = (typeof HEALTHS)[number];

/** The place of a health in the order of attention, 0 (healthy) to 4 (down). */
export function healthRank(health: Health): number {
  return HEALTHS.indexOf(health);
}

/** The worst of several; `unknown` for none at all. */
export function worstHealth(healths: Iterable<Health>): Health {
  let worst: Health | undefined;
  for (const health of healths) {
    if (worst === undefined || healthRank(health) > healthRank(worst)) worst = health;
  }
  return worst ?? "unknown";
}
