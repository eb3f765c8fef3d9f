import type { AlertEngine } from "../alerts/engine.ts";
import type { Catalog } from "../catalog/index.ts";
import type { Clock } from "../core/clock.ts";
import { matchersText, parseMatchers } from "../core/matchers.ts";
import { checkedParams } from "../core/params.ts";
import { formatDuration } from "../core/text.ts";
import type { ActiveFaults } from "../faults/active.ts";
import type { ActiveFault } from "../faults/types.ts";
import type { Entities } from "./entities.ts";
import type { EventLog } from "./event-log.ts";
import type { Condition, FaultReports } from "./fault-reports.ts";
import type { Origins } from "./origins.ts";
import type { Command, Operator, Outcome } from "./types.ts";

/** The shortest and longest silence, ms. */
const MIN_SILENCE_MS = 1_000;
const MAX_SILENCE_MS = 30 * 86_400_000;

export interface DispatcherParts {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly alerts: AlertEngine;
  readonly faults: ActiveFaults;
  readonly reports: FaultReports;
  readonly events: EventLog;
  readonly entities: Entities;
  readonly origins: Origins;
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
          return this.#acknowledge({ type: command.type, alerts: command.alerts }, now, by);
        case "silence":
          return this.#silence(command, now, by);
        case "end-silence":
          return this.#endSilence(command, now, by);
        case "resolve":
        case "enable-rule":
        case "disable-rule":
          return refused(`${command.type} is not possible`);
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

  /** Adds no event of its own: each transition of an alert is an event. */
  #acknowledge(
    { type, alerts: fingerprints }: { type: "acknowledge" | "unacknowledge"; alerts: readonly string[] },
    now: number,
    by: string,
  ): Outcome {
    const { alerts } = this.#parts;
    const changed = fingerprints.map((fingerprint) => alerts[type](now, fingerprint, by));
    if (changed.length === 0) return refused("no alert is selected");
    const what =
      changed.length === 1 ? `${changed[0]!.rule} on ${changed[0]!.entity}` : `${changed.length} alerts`;
    return done(`${what} ${type}d`);
  }

  #silence(command: Extract<Command, { type: "silence" }>, now: number, by: string): Outcome {
    const { alerts, events } = this.#parts;
    const matchers = parseMatchers(command.matchers);
    const { durationMs, reason } = command;
    if (!(durationMs >= MIN_SILENCE_MS && durationMs <= MAX_SILENCE_MS)) {
      const [least, most] = [MIN_SILENCE_MS, MAX_SILENCE_MS].map(formatDuration);
      return refused(`a silence lasts between ${least} and ${most}`);
    }
    const silence = { matchers, reason, author: by, startsAt: now, endsAt: now + durationMs };
    const { id } = alerts.silence(now, silence);
    const why = reason === "" ? "" : `: ${reason}`;
    const text = `silence ${id} for ${formatDuration(durationMs)} on ${matchersText(matchers)}${why}`;
    events.add(now, "alert", undefined, text, "healthy", by);
    return done(text);
  }

  #endSilence(
    { silence: id, afterMs }: Extract<Command, { type: "end-silence" }>,
    now: number,
    by: string,
  ): Outcome {
    const { alerts, events } = this.#parts;
    if (!(afterMs >= 0 && afterMs <= MAX_SILENCE_MS)) {
      return refused(`a silence lasts at most ${formatDuration(MAX_SILENCE_MS)}`);
    }
    alerts.endSilenceAt(now, id, now + afterMs, by);
    const text = afterMs === 0 ? `silence ${id} ended` : `silence ${id} ends in ${formatDuration(afterMs)}`;
    events.add(now, "alert", undefined, text, "healthy", by);
    return done(text);
  }

  #end(faults: readonly ActiveFault[], at: number, by: "time" | "operator", actor?: string): void {
    const { reports, events } = this.#parts;
    for (const fault of faults) {
      reports.ended(fault, at, by);
      const why = by === "time" ? "expired" : "cleared";
      events.add(
        at,
        "fault",
        fault.entity,
        `${this.#labelOf(fault)} on ${fault.entity} ended: ${why}`,
        "healthy",
        actor,
      );
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

const done = (text: string): Outcome => ({ done: true, text });
const refused = (text: string): Outcome => ({ done: false, text });
