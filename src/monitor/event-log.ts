import type { Health } from "../core/health.ts";
import type { EventKind, MonitorEvent } from "./types.ts";

const KEPT = 500;

/** What happened, newest first; the oldest fall off. The list is replaced, never changed, by an addition. */
export interface EventLog {
  add(at: number, kind: EventKind, service: string | undefined, text: string, tone: Health): void;
  /** The same array until something is added. */
  newestFirst(): readonly MonitorEvent[];
}

export function createEventLog(): EventLog {
  let events: readonly MonitorEvent[] = [];
  let added: MonitorEvent[] = [];
  let nextId = 1;
  return {
    add(at, kind, service, text, tone) {
      added.push({ id: nextId++, at, kind, service, text, tone });
    },
    newestFirst() {
      if (added.length > 0) {
        events = [...added.reverse(), ...events].slice(0, KEPT);
        added = [];
      }
      return events;
    },
  };
}
