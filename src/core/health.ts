/**
 * The state of an entity, ordered by how much attention it needs. `unknown` (no fresh data) ranks between
 * healthy and degraded: a fleet with a silent entity is not healthy, but a known problem is worse.
 */
export const HEALTHS = ["healthy", "unknown", "degraded", "critical", "down"] as const;

export type Health = (typeof HEALTHS)[number];

/** The rank of a health, 0 (healthy) to 4 (down). */
export function healthRank(health: Health): number {
  return HEALTHS.indexOf(health);
}

/** The worst of several; `unknown` for an empty list. */
export function worstHealth(healths: Iterable<Health>): Health {
  let worst: Health | undefined;
  for (const health of healths) {
    if (worst === undefined || healthRank(health) > healthRank(worst)) worst = health;
  }
  return worst ?? "unknown";
}
