import type { EntityKind } from "../../core/entity.ts";
import { HEALTHS, healthRank } from "../../core/health.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import { headlineOf, kindOf } from "../text/values.ts";
import type { View } from "../view.ts";

/** The kind of the charted entities: that of the selected one. */
export function chartedKind(view: View): EntityKind | undefined {
  return view.selected ? kindOf(view, view.selected) : view.sections[0]?.kind;
}

/**
 * The entities of a chart of several lines, at most `most`: the selected one, then by health, worst first,
 * then in the order of the config. They are returned in the order of the config, so that a line keeps its
 * letter while the set stays the same. One pass over all entities.
 */
export function chartedEntities(view: View, kind: EntityKind, most: number): readonly EntitySnapshot[] {
  const { selected, ui, snapshot } = view;
  const headline = headlineOf(kind);
  const shown = ui.filter === "" ? undefined : new Set(view.entities);
  // Healthy entities without current values come last, because there is little to draw.
  const ranks = Array.from({ length: HEALTHS.length + 1 }, () => [] as number[]);
  for (let place = 0; place < snapshot.entities.length; place++) {
    const entity = snapshot.entities[place]!;
    if (entity.kind !== kind.kind) continue;
    const rank = ranks[rankOf(entity, headline.id)]!;
    if (rank.length < most && entity !== selected && (shown?.has(entity) ?? true)) rank.push(place);
  }
  const chosen = ranks.reverse().flat();
  const own = selected?.kind === kind.kind ? snapshot.entities.indexOf(selected) : -1;
  return [...(own < 0 ? [] : [own]), ...chosen]
    .slice(0, most)
    .sort((a, b) => a - b)
    .map((place) => snapshot.entities[place]!);
}

function rankOf({ health, values }: EntitySnapshot, headline: string): number {
  const silent = Number.isNaN(values[headline]) && healthRank(health) <= healthRank("unknown");
  return silent ? 0 : 1 + healthRank(health);
}
