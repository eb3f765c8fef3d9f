import { healthRank } from "../../core/health.ts";
import { formatCount } from "../../core/text.ts";
import type { EntitySnapshot } from "../../monitor/types.ts";
import { type Span, span } from "../text/line.ts";

/**
 * The number of entities that a list has no row for, and the worst health among them: "and 4 more, 1
 * critical".
 */
export function hiddenNote(
  all: readonly EntitySnapshot[],
  visible: ReadonlySet<EntitySnapshot>,
): Span | undefined {
  const hidden = all.filter((entity) => !visible.has(entity));
  const [first] = hidden;
  if (first === undefined) return undefined;
  const more = `and ${formatCount(hidden.length)} more`;
  const worst = hidden.reduce((a, b) => (healthRank(b.health) > healthRank(a.health) ? b : a), first).health;
  if (worst === "healthy") return span(more, "dim");
  const count = hidden.filter(({ health }) => health === worst).length;
  return span(`${more}, ${formatCount(count)} ${worst}`, worst === "down" ? "critical" : worst);
}
