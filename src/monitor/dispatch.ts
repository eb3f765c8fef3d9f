import type { AlertEngine } from "../alerts/engine.ts";
import type { Catalog } from "../catalog/index.ts";
import type { Clock } from "../core/clock.ts";
import { checkedParams } from "../core/params.ts";
import { formatDuration } from "../core/text.ts";
import type { ActiveFaults } from "../faults/active.ts";
import type { ActiveFault } from "../faults/types.ts";
import { changeAlerts, endSilence, silence } from "./alert-commands.ts";
import type { Alerting } from "./alerting.ts";
import type { Entities } from "./entities.ts";
import type { EventLog } from "./event-log.ts";
import type { Condition, FaultReports } from "./fault-reports.ts";
import type { AlertNotifier } from "./notifying.ts";
import type { Origins } from "./origins.ts";
import { done, refused } from "./outcome.ts";
import type { Command, Operator, Outcome } from "./types.ts";

export interface DispatcherParts {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly alerts: AlertEngine;
  readonly faults: ActiveFaults;
  readonly reports: FaultReports;
  readonly events: EventLog;
  readonly entities: Entities;
  readonly origins: Origins;
  readonly alerting: Alerting;
  readonly notifier?: AlertNotifier | undefined;
}

/** Executes commands of operators and ends expired faults. */
export class Dispatcher {
  readonly #parts: DispatcherParts;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  dispatch(command: Command, operator: Operator): Outcome {
    const { clock, faults } = this.#parts;
    if (operator.role !== "operator") return refused(`${operator.name} may watch but not act`);
    const now = clock.now();
    const { name: by } = operator;
    try {
      switch (command.type) {
        case "inject":
          return this.#inject(command, now, by);
        case "clear":
          return this.#clear(faults.clear(command.entity, now), now, `on ${command.entity}`, by);
        case "clear-all":
          return this.#clear(faults.clearAll(now), now, "anywhere", by);
        case "act":
          return this.#act(command, now, by);
        case "acknowledge":
        case "unacknowledge":
        case "resolve":
          return changeAlerts(command, this.#parts.alerts, now, by);
        case "silence":
          return this.#logged(silence(command, this.#parts.alerts, now, by), now, by);
        case "end-silence":
          return this.#logged(endSilence(command, this.#parts.alerts, now, by), now, by);
        case "test-channel":
          return this.#notify((notifier) => notifier.testChannel(command.channel, by), now, by);
        case "retry-delivery":
          return this.#notify((notifier) => notifier.retryDelivery(command.key), now, by);
        case "enable-rule":
        case "disable-rule":
          return this.#logged(
            this.#parts.alerting.enable(command.rule, command.type === "enable-rule"),
            now,
            by,
          );
      }
    } catch (error) {
      if (error instanceof RangeError) return refused(error.message);
      throw error;
    }
  }

  expireFaults(now: number): void {
    for (const fault of this.#parts.faults.expire(now)) this.#end([fault], fault.endsAt, "time");
  }

  /** Ends the faults of removed entities. */
  forget(names: readonly string[]): void {
    const { clock, faults } = this.#parts;
    const now = clock.now();
    for (const name of names) this.#end(faults.clear(name, now), now, "operator");
  }

  /** The current state of an entity. An entity removed by a new config must not keep a report open. */
  condition(name: string): Condition {
    const snapshot = this.#parts.entities.get(name)?.snapshot;
    if (snapshot === undefined) return { health: "healthy", value: () => Number.NaN };
    return { health: snapshot.health, value: (measure) => snapshot.values[measure] ?? Number.NaN };
  }

  #inject(
    { entity, kind, params, ttlMs }: Extract<Command, { type: "inject" }>,
    now: number,
    by: string,
  ): Outcome {
    const { catalog, faults, reports, events, entities } = this.#parts;
    const target = entities.get(entity);
    if (target === undefined) return refused(`unknown entity ${entity}`);
    if (target.breakable !== true) return refused(`${entity} cannot be broken: ${target.breakable}`);
    const fault = faults.inject({ entity: target.snapshot!, kind, params, ttlMs, at: now });
    const { kind: entityKind, config } = target;
    const moves = catalog.faults.get(kind)!.moves ?? [entityKind.headline];
    const { measures, headline } = entityKind;
    const shown = moves.find((id) => measures.some((measure) => measure.id === id)) ?? headline;
    const measure = measures.find(({ id }) => id === shown)!;
    const label = this.#labelOf(fault);
    reports.opened(
      { fault, label, by, measure, moves, affected: entities.affectedBy(entity), windowMs: config.windowMs },
      (name) => this.condition(name),
    );
    const text = `${label} on ${entity}, for ${formatDuration(ttlMs)}`;
    events.add(now, "fault", entity, text, "degraded", by);
    return done(text);
  }

  #act({ entity, action, params }: Extract<Command, { type: "act" }>, now: number, by: string): Outcome {
    const { catalog, entities, events, origins } = this.#parts;
    const target = entities.get(entity);
    if (target === undefined) return refused(`unknown entity ${entity}`);
    const kind = catalog.actions.get(action);
    if (kind === undefined || !kind.accepts.includes(target.kind.kind)) {
      return refused(`unknown action ${action} for ${entity}`);
    }
    const result = origins.act(action, entity, checkedParams(action, kind.params, params), now);
    const text = `${entity}: ${result}`;
    events.add(now, "action", entity, text, "healthy", by);
    return done(text);
  }

  #logged(outcome: Outcome, now: number, by: string): Outcome {
    if (outcome.done) this.#parts.events.add(now, "alert", undefined, outcome.text, "healthy", by);
    return outcome;
  }

  #notify(act: (notifier: AlertNotifier) => string, now: number, by: string): Outcome {
    const { notifier, events } = this.#parts;
    if (notifier === undefined) return refused("this monitor sends no notifications");
    const text = act(notifier);
    events.add(now, "monitor", undefined, text, "healthy", by);
    return done(text);
  }

  #end(faults: readonly ActiveFault[], at: number, by: "time" | "operator", actor?: string): void {
    const { reports, events, alerts } = this.#parts;
    for (const fault of faults) {
      reports.ended(fault, at, by);
      const why = by === "time" ? "expired" : "cleared";
      const text = `${this.#labelOf(fault)} on ${fault.entity} ended: ${why}`;
      events.add(at, "fault", fault.entity, text, "healthy", actor);
      alerts.faultEnded(fault.id, { at, text, actor });
    }
  }

  #clear(faults: readonly ActiveFault[], at: number, where: string, by: string): Outcome {
    if (faults.length === 0) return refused(`no fault is active ${where}`);
    this.#end(faults, at, "operator", by);
    const what = faults.length === 1 ? this.#labelOf(faults[0]!) : `${faults.length} faults`;
    return done(`cleared ${what} ${where}`);
  }

  #labelOf({ kind, params }: ActiveFault): string {
    return this.#parts.catalog.faults.get(kind)!.label(params);
  }
}
