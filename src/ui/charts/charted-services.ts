import { HEALTHS, healthRank } from "../../core/health.ts";
import type { ServiceSnapshot } from "../../monitor/types.ts";
import type { View } from "../view.ts";

/**
 * The services of a chart of several lines, at most `most`: the selected one, then by health, the worst first,
 * and among equals as in the config. They are given in the order of the config, so that a line keeps its
 * letter for as long as the choice stays the same, whatever is selected. One light pass over the fleet.
 */
export function chartedServices(view: View, most: number): readonly ServiceSnapshot[] {
  const { selected, ui, snapshot } = view;
  const shown = ui.filter === "" ? undefined : new Set(view.services);
  // What is calm and has no requests now comes last of all: there is hardly a line to draw of it.
  const ranks = Array.from({ length: HEALTHS.length + 1 }, () => [] as number[]);
  for (let place = 0; place < snapshot.services.length; place++) {
    const service = snapshot.services[place]!;
    const rank = ranks[rankOf(service)]!;
    if (rank.length < most && service !== selected && (shown?.has(service) ?? true)) rank.push(place);
  }
  const chosen = ranks.reverse().flat();
  const own = selected ? snapshot.services.indexOf(selected) : -1;
  return [...(own < 0 ? [] : [own]), ...chosen]
    .slice(0, most)
    .sort((a, b) => a - b)
    .map((place) => snapshot.services[place]!);
}

function rankOf({ health, stats }: ServiceSnapshot): number {
  const silent = stats.requestCount === 0 && healthRank(health) <= healthRank("unknown");
  return silent ? 0 : 1 + healthRank(health);
}
