import { type Alert, SEVERITIES } from "../core/alert.ts";

/** More alerts of one entity than this say nothing new. The default rules of a service are fewer. */
export const DEFAULT_PER_ENTITY = 10;

/** Decides which alerts of an entity are shown one by one; the others are only counted. */
export class Folding {
  #most = DEFAULT_PER_ENTITY;
  /** The fingerprints of the active alerts of each entity. */
  readonly #active = new Map<string, Set<string>>();
  /** Entities on which something happened since the last decision. */
  readonly #changed = new Set<string>();

  /** @param most alerts of one entity that are shown, at least 1 */
  configure(most: number): void {
    if (most === this.#most) return;
    this.#most = most;
    for (const entity of this.#active.keys()) this.#changed.add(entity);
  }

  /** Something happened to an alert. @param isActive whether it is active now */
  happened({ entity, fingerprint }: Alert, isActive: boolean): void {
    const known = this.#active.get(entity);
    if (isActive) {
      if (known === undefined) this.#active.set(entity, new Set([fingerprint]));
      else known.add(fingerprint);
    } else if (known?.delete(fingerprint) && known.size === 0) this.#active.delete(entity);
    if ((known?.size ?? 0) >= this.#most) this.#changed.add(entity);
  }

  /**
   * Which of the alerts of the entities with changes are folded, by fingerprint: the highest severity and the oldest
   * stay. Alerts of other entities are as they were.
   * @param alerts finds an active alert
   */
  decide(alertOf: (fingerprint: string) => Alert | undefined): ReadonlyMap<string, boolean> {
    const folded = new Map<string, boolean>();
    for (const entity of this.#changed) {
      const alerts = Array.from(this.#active.get(entity) ?? [], (fingerprint) => alertOf(fingerprint)!);
      alerts.sort(
        (a, b) =>
          SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
          a.startedAt - b.startedAt ||
          a.id - b.id,
      );
      for (const [nth, { fingerprint }] of alerts.entries()) folded.set(fingerprint, nth >= this.#most);
    }
    this.#changed.clear();
    return folded;
  }
}
