import { AlertEngine, type EngineContext } from "../../../src/alerts/engine.ts";
import type { RuleInstance } from "../../../src/alerts/evaluate.ts";
import type { Severity } from "../../../src/core/alert.ts";
import type { Link } from "../../../src/core/entity.ts";
import type { IncidentFault } from "../../../src/core/incident.ts";
import type { Labels } from "../../../src/core/metric.ts";
import { createLinkGraph } from "../../../src/monitor/links.ts";

/** Something wrong with an entity: a rule, and how severe. */
export interface Trouble {
  readonly entity: string;
  readonly rule?: string;
  readonly severity?: Severity;
}

export interface World {
  /** By entity, the entities that it calls. */
  readonly calls?: Readonly<Record<string, readonly string[]>>;
  readonly labels?: Readonly<Record<string, Labels>>;
  /** Which fault explains the alerts of an entity. */
  readonly faults?: Readonly<Record<string, IncidentFault>>;
}

export const aFault = (entity: string, injectedAt = 0, id = 1): IncidentFault => ({
  id,
  entity,
  label: "outage",
  injectedBy: "alice",
  injectedAt,
});

/** An alert engine that is told at each instant what is wrong, in seconds. */
export function startIncidents({ calls = {}, labels = {}, faults = {} }: World = {}) {
  const engine = new AlertEngine();
  const links = Object.entries(calls).map(([from, targets]): [string, Link[]] => [
    from,
    targets.map((to) => ({ type: "calls", to })),
  ]);
  const graph = createLinkGraph(new Map(links));
  const context: EngineContext = {
    whyExpired: () => undefined,
    whyFrozen: () => undefined,
    labelsOf: (entity) => labels[entity] ?? {},
    causes: { ...graph, faultOf: ({ entity }) => faults[entity] },
  };
  let now = 0;
  return {
    engine,
    /** What is wrong at an instant: everything else is over. */
    at(seconds: number, ...troubles: (Trouble | string)[]): void {
      now = seconds * 1000;
      engine.evaluate(now, troubles.map(instanceOf), context);
    },
    incidents: () => engine.incidents(),
    /** "payment-service critical: cause payment-service, symptom api" */
    texts: () =>
      engine.incidents().map(({ title, state, members }) => {
        const active = members.filter(({ endedAt }) => endedAt === undefined);
        const roles = [...new Set(active.map(({ role, entity }) => `${role} ${entity}`))];
        return `${title} (${state})${roles.length > 0 ? ": " : ""}${roles.join(", ")}`;
      }),
    suppressed: () =>
      engine
        .alerts()
        .filter(({ suppressedBy, state }) => suppressedBy !== undefined && state === "firing")
        .map(({ entity }) => entity)
        .sort(),
    alert: (entity: string) => engine.alerts().find((alert) => alert.entity === entity)!,
    now: () => now,
  };
}

function instanceOf(trouble: Trouble | string): RuleInstance {
  const {
    entity,
    rule = "HIGH_ERROR_RATE",
    severity = "critical",
  } = typeof trouble === "string" ? { entity: trouble } : trouble;
  return {
    rule,
    entity,
    breach: { severity, message: `${entity}: error_rate=30%`, measure: "error_rate" },
    hold: { ticks: 1, ms: 0 },
  };
}
