import type { AlertEngine, EngineContext } from "../alerts/engine.ts";
import { type RuleInstance, RuleSet } from "../alerts/evaluate.ts";
import type { WindowChange } from "../alerts/maintenance/windows.ts";
import { describeTransition } from "../alerts/sentences.ts";
import { DEFAULT_ALERT_SETTINGS } from "../alerts/settings.ts";
import { CONFIG } from "../alerts/silences.ts";
import { MONITOR, type Transition } from "../alerts/transition-log.ts";
import type { Catalog } from "../catalog/index.ts";
import type { Config } from "../config/types.ts";
import type { Alert } from "../core/alert.ts";
import { formatDuration } from "../core/text.ts";
import type { EntityReading } from "../measures/reading.ts";
import type { Entities } from "./entities.ts";
import type { EventLog } from "./event-log.ts";
import type { FaultReports } from "./fault-reports.ts";
import { done, refused } from "./outcome.ts";
import type { IncidentLog } from "./past/incident-log.ts";
import type { Transitions } from "./past/transitions.ts";
import { RuleList } from "./rule-list.ts";
import type { Outcome, RuleSnapshot } from "./types.ts";

export interface AlertingParts {
  readonly alerts: AlertEngine;
  readonly catalog: Catalog;
  readonly entities: Entities;
  readonly events: EventLog;
  readonly reports: FaultReports;
  readonly transitions: Transitions;
  readonly incidents: IncidentLog;
  /** Whether an entity can be observed: on virtual time, and before its origin is open, it cannot. */
  readonly isObserved: (entity: string) => boolean;
}

/** Evaluates the rules of the config, and brings what happened to alerts to those who read their log. */
export class Alerting {
  readonly #parts: AlertingParts;
  #rules: RuleSet;
  #list: RuleList;
  /** The sequence number of the newest transition that was read from the log. */
  #read = 0;
  /** A failing rule fails at every tick; log it once. */
  readonly #loggedProblems = new Set<string>();
  readonly #context: EngineContext = {
    whyExpired: (rule, entity) => {
      const member = this.#parts.entities.get(entity);
      if (member === undefined) return "entity removed";
      const watches = this.#rules.watches(rule, entity, member.kind, member.config.labels);
      return watches === true ? undefined : watches;
    },
    whyFrozen: (rule, entity) => this.#rules.whyFrozen(rule, entity),
    labelsOf: (entity) => {
      const { labels, kind } = this.#parts.entities.get(entity)!.config;
      return { ...labels, kind };
    },
    causes: {
      affectedBy: (entity) => this.#parts.entities.affectedBy(entity),
      dependenciesOf: (entity) => this.#parts.entities.dependenciesOf(entity),
      faultOf: (alert) => this.#parts.reports.faultOf(alert),
    },
  };

  constructor(parts: AlertingParts, config: Config) {
    this.#parts = parts;
    parts.alerts.configure(config.alerts ?? DEFAULT_ALERT_SETTINGS, config.maintenance);
    this.#rules = new RuleSet(config.rules, parts.catalog.rules);
    this.#list = new RuleList(this.#rules, config, parts.catalog.entities);
  }

  /** Applies a new config. Unchanged rules keep what they remember of their entities. */
  configure(config: Config): void {
    const { catalog, alerts } = this.#parts;
    alerts.configure(config.alerts ?? DEFAULT_ALERT_SETTINGS, config.maintenance);
    this.#rules = new RuleSet(config.rules, catalog.rules, this.#rules);
    this.#list = new RuleList(this.#rules, config, catalog.entities);
  }

  /** The rules of the config with their active alerts among these. */
  rules(alerts: readonly Alert[]): readonly RuleSnapshot[] {
    return this.#list.withAlerts(alerts);
  }

  /**
   * Enables or disables all rules of a name, until the monitor ends. The alerts of a disabled rule expire with the next
   * evaluation.
   */
  enable(rule: string, enabled: boolean): Outcome {
    const named = this.#rules.rules.filter((prepared) => prepared.rule.name === rule);
    if (named.length === 0) return refused(`there is no rule ${rule}`);
    const wanted = enabled ? "enabled" : "disabled";
    if (named.every((prepared) => this.#rules.isEnabled(prepared.rule) === enabled))
      return refused(`${rule} is ${wanted} already`);
    this.#rules.enable(rule, enabled);
    return done(`rule ${rule} ${wanted}`);
  }

  /** Whether a rule applies to an entity about which something is known. */
  isJudged(rule: string, entity: string): boolean {
    if (this.#context.whyExpired(rule, entity) !== undefined) return false;
    const { snapshot } = this.#parts.entities.get(entity)!;
    if (snapshot === undefined || snapshot.health === "unknown") return false;
    return this.#context.whyFrozen(rule, entity) === undefined;
  }

  evaluate(readings: readonly EntityReading[], now: number): void {
    this.#parts.alerts.evaluate(now, this.#instances(readings, now), this.#context);
    this.readLog(now);
  }

  /**
   * Reports, the past and the event log read the transitions that are new.
   * @param now the instant that is published, ms since the epoch
   */
  readLog(now: number): void {
    const { alerts, transitions, incidents } = this.#parts;
    for (const change of alerts.takeWindowChanges()) this.#maintained(change, now);
    for (const transition of alerts.log.after(this.#read)) this.#happened(transition);
    this.#read = alerts.log.sequence;
    transitions.alertsAre(alerts.alerts(), now);
    incidents.incidentsAre(alerts.incidents(), now);
  }

  #maintained({ window: { name, reason }, open }: WindowChange, now: number): void {
    const until = open === undefined ? "ended" : `began, for ${formatDuration(open.to - now)}`;
    const why = reason === "" || open === undefined ? "" : `: ${reason}`;
    this.#parts.events.add(now, "alert", undefined, `maintenance ${name} ${until}${why}`, "healthy", CONFIG);
  }

  #happened(transition: Transition): void {
    const { events, reports, transitions } = this.#parts;
    const { type, alert, at } = transition;
    if (type === "fired") reports.fired(alert, at);
    transitions.alertChanged(transition);
    const { text, tone } = describeTransition(transition);
    const actor = transition.actor === MONITOR ? undefined : transition.actor;
    // What is known to flap is not repeated, and the incident shows what it explains.
    const isRepeated = alert.flapping && (type === "fired" || type === "escalated" || type === "resolved");
    if (text && !isRepeated && type !== "suppressed")
      events.add(at, "alert", alert.entity, text, tone, actor);
  }

  /** The configured rules over readings, at most one instance per rule and entity. */
  #instances(readings: readonly EntityReading[], now: number): readonly RuleInstance[] {
    // Skip entities that cannot be observed yet, because never seen is expected there.
    const observed = readings.filter(
      ({ entity, lastSeenAt }) => lastSeenAt !== undefined || this.#parts.isObserved(entity),
    );
    const { instances, problems } = this.#rules.evaluate(observed, now);
    for (const { rule, entity, problem } of problems) {
      const text = `${rule} failed for ${entity}: ${problem}`;
      if (!this.#loggedProblems.has(text)) this.#parts.events.add(now, "monitor", entity, text, "degraded");
      this.#loggedProblems.add(text);
    }
    return instances;
  }
}
