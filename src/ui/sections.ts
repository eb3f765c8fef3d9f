import type { EntityKind } from "../core/entity.ts";
import { healthRank } from "../core/health.ts";
import type { EntitySnapshot, Kinds } from "../monitor/types.ts";
import { COMMON_SORTS, type Sort } from "./state.ts";
import type { Section } from "./view.ts";

/** The entities that match a filter: any part of name, kind, origin, health or a label, ignoring case. */
export function filterEntities(
  entities: readonly EntitySnapshot[],
  filter: string,
): readonly EntitySnapshot[] {
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return entities;
  return entities.filter(({ name, kind, origin, health, labels }) => {
    const words = [name, kind, origin, health, ...Object.values(labels)].join(" ").toLowerCase();
    return wanted.every((word) => words.includes(word));
  });
}

/** The kinds of the entities, in the order in which they first appear. */
export function kindsOf(entities: readonly EntitySnapshot[]): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const { kind } of entities) kinds.add(kind);
  return kinds;
}

/**
 * The entities that match the filter, in a sorted section per kind. Sections are in the order in which their
 * kinds first appear among all entities; empty sections are omitted.
 */
export function sectionsOf(
  entities: readonly EntitySnapshot[],
  kinds: Kinds["entities"],
  { filter, sort, reversed }: { readonly filter: string; readonly sort: Sort; readonly reversed: boolean },
): readonly Section[] {
  const byKind = Map.groupBy(filterEntities(entities, filter), ({ kind }) => kind);
  return [...kindsOf(entities)].flatMap((name): Section[] => {
    const kind = kinds.get(name);
    const members = byKind.get(name);
    if (kind === undefined || members === undefined) return [];
    return [{ kind, entities: sortEntities(members, kind, sort, reversed) }];
  });
}

/** The sort orders that `s` steps through for this kind. */
export function sortsFor(kind: EntityKind | undefined): readonly Sort[] {
  return [...COMMON_SORTS, ...(kind?.columns ?? []).map(({ measure }) => measure)];
}

type Compare = (a: EntitySnapshot, b: EntitySnapshot) => number;

const byName: Compare = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
const byHealth: Compare = (a, b) => healthRank(b.health) - healthRank(a.health);

/**
 * Sorting is stable: equal entities keep the order of the config. Unknown values come last, reversed or not.
 */
export function sortEntities(
  entities: readonly EntitySnapshot[],
  kind: EntityKind,
  sort: Sort,
  reversed: boolean,
): readonly EntitySnapshot[] {
  if (sort === "config") return directed([...entities], reversed);
  if (sort === "name") return directed(entities.toSorted(byName), reversed);
  if (sort === "health") return directed(entities.toSorted(byHealth), reversed);
  const measure = kind.measures.find(({ id }) => id === sort);
  if (!measure) return entities;
  const read = ({ values }: EntitySnapshot) => values[sort] ?? Number.NaN;
  const isKnown = (entity: EntitySnapshot) => !Number.isNaN(read(entity));
  // The most interesting entity first: the worst, or the busiest.
  const sign = measure.worse === "down" ? 1 : -1;
  const known = entities.filter(isKnown).toSorted((a, b) => sign * (read(a) - read(b)));
  return [...directed(known, reversed), ...entities.filter((entity) => !isKnown(entity))];
}

function directed(sorted: EntitySnapshot[], reversed: boolean): readonly EntitySnapshot[] {
  return reversed ? sorted.reverse() : sorted;
}
