import { affectsTarget, type Link } from "../core/entity.ts";

/** The dependency graph of the entities. */
export interface LinkGraph {
  /** Links of other entities to this one; `to` is the entity that has the link. */
  linksTo(entity: string): readonly Link[];
  /** All entities that problems of this one can reach: its callers, their callers, its queue, and so on. */
  affectedBy(entity: string): ReadonlySet<string>;
}

const NONE: readonly Link[] = [];

export function createLinkGraph(links: ReadonlyMap<string, readonly Link[]>): LinkGraph {
  const incoming = new Map<string, Link[]>();
  for (const [from, own] of links) {
    for (const { type, to } of own) {
      const known = incoming.get(to);
      if (known === undefined) incoming.set(to, [{ type, to: from }]);
      else known.push({ type, to: from });
    }
  }
  const linksTo = (entity: string) => incoming.get(entity) ?? NONE;
  return {
    linksTo,
    affectedBy(entity) {
      const seen = new Set([entity]);
      const open = [entity];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        const reached = [...linksTo(next), ...(links.get(next) ?? []).filter(affectsTarget)];
        for (const { to } of reached) {
          if (seen.has(to)) continue;
          seen.add(to);
          open.push(to);
        }
      }
      seen.delete(entity);
      return seen;
    },
  };
}
