import type { Impact, ImpactRow } from "../alerts/incidents/summary.ts";
import type { EntityKind } from "../core/entity.ts";
import type { Incident } from "../core/incident.ts";
import type { Measure } from "../core/measure.ts";
import { formatCount, formatUnit, unitSign } from "../core/text.ts";
import type { History } from "./types.ts";

/** So many entities are described. */
const ENTITIES = 10;

/** An entity, as the impact needs it. */
export interface Concerned {
  readonly kind: EntityKind;
  readonly windowMs: number;
}

/** What an incident did up to `at` (ms since the epoch), from the numbers of the history. */
export function impactOf(
  { members, startedAt, resolvedAt }: Incident,
  entityOf: (name: string) => Concerned | undefined,
  history: Pick<History, "value" | "worst">,
  at: number,
): Impact {
  const end = resolvedAt ?? at;
  const names = [...new Set(members.map(({ entity }) => entity))].slice(0, ENTITIES);
  const rows: ImpactRow[] = [];
  const losses: string[] = [];
  for (const entity of names) {
    const known = entityOf(entity);
    if (known === undefined) continue;
    const { kind, windowMs } = known;
    const durationMs = Math.max(end - startedAt, windowMs);
    const during = (measure: string) => history.value(entity, measure, durationMs, end);
    const failed = kind.measures.find(({ proportion }) => proportion?.of === kind.failures)?.proportion;
    if (failed !== undefined) {
      const [bad, all] = [during(failed.of), during(failed.to)];
      if (bad > 0)
        losses.push(
          `${entity}: ${formatCount(bad)} of ${formatCount(all)} ${titleOf(kind, failed.to)} failed`,
        );
    }
    for (const id of kind.compared) {
      const measure = kind.measures.find((each) => each.id === id)!;
      const query = { from: startedAt, stepMs: durationMs, columns: 1, until: end, holdMs: 0 };
      const published = history.worst(entity, id, query)?.values[0] ?? Number.NaN;
      const worst = measure.worse === "none" || Number.isNaN(published) ? during(id) : published;
      const before = history.value(entity, id, windowMs, startedAt);
      rows.push({
        entity,
        measure: measure.title,
        before: text(measure, before),
        worst: text(measure, worst),
      });
    }
  }
  return { rows, losses };
}

function titleOf({ measures }: EntityKind, id: string): string {
  return measures.find((measure) => measure.id === id)?.title ?? id;
}

function text({ unit, decimals }: Measure, value: number): string {
  if (Number.isNaN(value)) return "unknown";
  const sign = unitSign(unit);
  return `${formatUnit(value, unit, decimals)}${sign === "" ? "" : ` ${sign}`}`;
}
