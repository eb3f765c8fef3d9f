import { affectsTarget, type Link } from "../core/entity.ts";

/** The dependency graph of the entities. */
export interface LinkGraph {
  /** Links of other entities to this one; `to` is the entity that has the link. */
  linksTo(entity: string): readonly Link[];
  /** All entities that problems of this one can reach: its callers, their callers, its queue, and so on. */
  affectedBy(entity: string): ReadonlySet<string>;
  /** All entities whose problems can reach this one: the other direction. */
  dependenciesOf(entity: string): ReadonlySet<string>;
}

const NONE: readonly Link[] = [];

/** The answers for single entities are kept while they have so many names together. */
const MOST_REMEMBERED = 100_000;

export function createLinkGraph(links: ReadonlyMap<string, readonly Link[]>): LinkGraph {
  const incoming = new Map<string, Link[]>();
  const affects = new Map<string, string[]>();
  const dependsOn = new Map<string, string[]>();
  for (const [from, own] of links) {
    for (const link of own) {
      add(incoming, link.to, { type: link.type, to: from });
      add(affects, link.to, from);
      add(dependsOn, from, link.to);
      if (!affectsTarget(link)) continue;
      add(affects, from, link.to);
      add(dependsOn, link.to, from);
    }
  }
  return {
    linksTo: (entity) => incoming.get(entity) ?? NONE,
    affectedBy: reachedBy(affects),
    dependenciesOf: reachedBy(dependsOn),
  };
}

function add<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [item]);
  else known.push(item);
}

/** Everything that is reached from an entity by any number of steps, without itself. Usually computed once. */
function reachedBy(steps: ReadonlyMap<string, readonly string[]>): (entity: string) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  let size = 0;
  return (entity) => {
    const before = known.get(entity);
    if (before !== undefined) return before;
    const seen = new Set([entity]);
    const open = [entity];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const to of steps.get(next) ?? []) {
        if (seen.has(to)) continue;
        seen.add(to);
        open.push(to);
      }
    }
    seen.delete(entity);
    size += seen.size;
    if (size > MOST_REMEMBERED) {
      known.clear();
      size = seen.size;
    }
    known.set(entity, seen);
    return seen;
  };
}
