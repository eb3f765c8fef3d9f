import type { Health } from "../core/health.ts";
import type { EventKind, MonitorEvent } from "./types.ts";

const KEPT = 500;

/** What happened, newest first; the oldest are dropped. The list is replaced, never changed, by an addition. */
export interface EventLog {
  /** @param at ms since the epoch; events may be added out of order */
  add(at: number, kind: EventKind, entity: string | undefined, text: string, tone: Health): void;
  /** Newest first by time. The same array until something is added. */
  newestFirst(): readonly MonitorEvent[];
}

export function createEventLog(): EventLog {
  let events: readonly MonitorEvent[] = [];
  let added: MonitorEvent[] = [];
  let nextId = 1;
  return {
    add(at, kind, entity, text, tone) {
      added.push({ id: nextId++, at, kind, entity, text, tone });
    },
    newestFirst() {
      if (added.length > 0) {
        // A fault that ended between two ticks is logged at the later one, with its true time.
        events = [...added.reverse(), ...events].sort((a, b) => b.at - a.at || b.id - a.id).slice(0, KEPT);
        added = [];
      }
      return events;
    },
  };
}
