import type { AlertEngine } from "../alerts/engine.ts";
import { statisticsOf } from "../alerts/incidents/statistics.ts";
import { summaryOf } from "../alerts/incidents/summary.ts";
import type { Catalog } from "../catalog/index.ts";
import { type Health, worstHealth } from "../core/health.ts";
import type { EntityMeasures } from "../measures/entity-measures.ts";
import type { StoreReader } from "../store/types.ts";
import type { Entities } from "./entities.ts";
import { impactOf } from "./impact.ts";
import type { IncidentLog } from "./past/incident-log.ts";
import type { Transitions } from "./past/transitions.ts";
import { FLEET, type History, type LabelSet } from "./types.ts";

/** The history: values from the store, health from past assessments. */
export function createHistory(
  catalog: Catalog,
  store: StoreReader,
  entities: Entities,
  transitions: Transitions,
  incidents: IncidentLog,
  alerts: AlertEngine,
): History {
  /** For the fleet, the store records only histograms of metrics with `fleet`. */
  function fleetMeasures(measure: string): EntityMeasures | undefined {
    for (const kind of catalog.entities.values()) {
      const read = kind.measures.find(({ id }) => id === measure)?.read;
      if (read?.type !== "statistic") continue;
      const metric = kind.metrics.find(({ name }) => name === read.metric);
      if (metric?.fleet === true) return entities.measuresOf(FLEET, kind);
    }
    return undefined;
  }

  const measuresOf = (entity: string, measure: string): EntityMeasures | undefined =>
    entity === FLEET ? fleetMeasures(measure) : entities.get(entity)?.measures;

  const history: History = {
    values: (entity, windowMs, at, labels) =>
      entities.get(entity)?.measures.values(windowMs, at, labels) ?? {},
    value: (entity, measure, windowMs, at, labels) =>
      measuresOf(entity, measure)?.value(measure, windowMs, at, labels) ?? Number.NaN,
    series: (entity, measure, query, spread) =>
      measuresOf(entity, measure)?.series(measure, query, spread) ??
      new Float64Array(query.points).fill(Number.NaN),
    worst: (entity, measure, query) => store.worst(entity, measure, query),
    distribution: (entity, measure, windowMs, at) =>
      measuresOf(entity, measure)?.distribution(measure, windowMs, at) ?? [],
    labelSets(entity) {
      const sets = new Map<string, LabelSet>();
      for (const { labels, metric } of store.seriesOf(entity)) {
        if (labels === undefined || metric.type === "gauge") continue;
        sets.set(JSON.stringify(Object.entries(labels).sort()), { labels });
      }
      return [...sets.values()];
    },
    healths(entity, from, to, points): readonly Health[] {
      const step = (to - from) / points;
      return Array.from({ length: points }, (_, slot) => {
        const judged = transitions.verdictsWithin(entity, from + slot * step, from + (slot + 1) * step);
        return worstHealth(Array.from(judged, ({ health }) => health));
      });
    },
    failuresKeptFrom: (entity) => store.failuresKeptFrom(entity),
    alertTimeline: (fingerprint, at) =>
      alerts.log.after(0).filter((each) => each.alert.fingerprint === fingerprint && each.at <= at),
    incidentStatistics(at) {
      const firing = transitions.alertsAt(at).filter(({ state }) => state === "firing").length;
      return statisticsOf(incidents.allAt(at), firing, at);
    },
    incidentSummary(id, at) {
      const incident = incidents.at(id, at);
      if (incident === undefined) return undefined;
      const entityOf = (name: string) => {
        const member = entities.get(name);
        return member && { kind: member.kind, windowMs: member.config.windowMs };
      };
      return summaryOf(incident, impactOf(incident, entityOf, history, at), at);
    },
    generation: (entity) => store.generation(entity),
  };
  return history;
}
