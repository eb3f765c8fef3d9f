import type { Health } from "../core/health.ts";
import type { Log, LogFields } from "../core/log.ts";
import type { EventKind, MonitorEvent } from "./types.ts";

const KEPT = 500;

/** The event log, newest first; drops the oldest. An addition replaces the list and never modifies it. */
export interface EventLog {
  /**
   * @param at ms since the epoch; events may be added out of order
   * @param actor the operator who caused it
   */
  add(
    at: number,
    kind: EventKind,
    entity: string | undefined,
    text: string,
    tone: Health,
    actor?: string,
  ): void;
  /** Newest first. Returns the same array until an event is added. */
  newestFirst(): readonly MonitorEvent[];
}

/** @param log gets every event as a record of the component that is its kind */
export function createEventLog(log?: Log): EventLog {
  let events: readonly MonitorEvent[] = [];
  let added: MonitorEvent[] = [];
  let nextId = 1;
  return {
    add(at, kind, entity, text, tone, actor) {
      added.push({ id: nextId++, at, kind, entity, actor, text, tone });
      if (log === undefined) return;
      const fields: LogFields = {
        ...(entity === undefined ? {} : { entity }),
        ...(actor === undefined ? {} : { operator: actor }),
      };
      log.logger(kind).log(tone === "healthy" ? "info" : "warn", text, fields);
    },
    newestFirst() {
      if (added.length > 0) {
        // Events can be out of order: a fault that ended between two ticks is logged at the later one, with
        // its actual time.
        events = [...added.reverse(), ...events].sort((a, b) => b.at - a.at || b.id - a.id).slice(0, KEPT);
        added = [];
      }
      return events;
    },
  };
}
