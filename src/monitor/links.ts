import { feels, type Link } from "../core/entity.ts";

/** How the entities depend on each other. */
export interface LinkGraph {
  /** The links of other entities to this one; `to` is the entity that has the link. */
  linksTo(entity: string): readonly Link[];
  /** Every entity that feels trouble of this one: its callers, their callers, and so on. */
  dependents(entity: string): ReadonlySet<string>;
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
    dependents(entity) {
      const seen = new Set<string>();
      const open = [entity];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        for (const link of linksTo(next)) {
          if (link.to === entity || seen.has(link.to) || !feels(link)) continue;
          seen.add(link.to);
          open.push(link.to);
        }
      }
      return seen;
    },
  };
}
