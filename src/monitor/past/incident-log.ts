import { listed } from "../../alerts/incidents/listed.ts";
import type { Incident } from "../../core/incident.ts";
import { type EntryCount, StateLog } from "./state-log.ts";
import { TRANSITIONS_KEPT_MS } from "./transitions.ts";

/** So many versions of incidents are kept in all, at about a kilobyte each. */
const VERSIONS_KEPT = 20_000;
const CHECK_EVERY_MS = 60_000;

/** The versions of one incident; undefined: it turned out to be part of another one. */
type VersionLog = StateLog<Incident | undefined>;

/** Incidents at any past instant. The oldest ones are dropped first. */
export class IncidentLog {
  readonly #count: EntryCount = { entries: 0 };
  /** By id, in the order of their beginning. */
  readonly #logs = new Map<number, VersionLog>();
  #newest: readonly Incident[] = [];
  #dropped = 0;
  #nextCheck = Number.NEGATIVE_INFINITY;
  readonly #kept: number;

  constructor(kept = VERSIONS_KEPT) {
    this.#kept = kept;
  }

  /** All listed incidents from `at` on (ms since the epoch, never decreasing). */
  incidentsAre(incidents: readonly Incident[], at: number): void {
    if (incidents === this.#newest) return;
    const ids = new Set<number>();
    for (const incident of incidents) {
      ids.add(incident.id);
      const log = this.#logs.get(incident.id) ?? new StateLog(this.#count);
      this.#logs.set(incident.id, log);
      log.note(at, incident);
    }
    for (const { id, state } of this.#newest) {
      if (!ids.has(id) && state !== "resolved") this.#logs.get(id)?.note(at, undefined);
    }
    this.#newest = incidents;
  }

  /** See Snapshot.incidents. */
  incidentsAt(at: number): readonly Incident[] {
    return listed(this.allAt(at));
  }

  /** All that are kept, also those that are not listed. */
  allAt(at: number): readonly Incident[] {
    return [...this.#logs.values()].flatMap((log) => log.at(at) ?? []);
  }

  /** One incident; undefined: it is unknown, or part of another one. */
  at(id: number, at: number): Incident | undefined {
    return this.#logs.get(id)?.at(at);
  }

  get size(): number {
    return this.#count.entries;
  }

  /** How many versions were dropped before their time because there was no room. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Drops what is too old, or too much. Call it once per tick. @param now ms since the epoch */
  trim(now: number): void {
    if (now >= this.#nextCheck) {
      this.#nextCheck = now + CHECK_EVERY_MS;
      for (const [id, log] of this.#logs)
        if (isOver(log) && log.newestAt < now - TRANSITIONS_KEPT_MS) this.#drop(id, log);
    }
    while (this.#count.entries > this.#kept) {
      const dropped = this.#dropOldest();
      this.#dropped += dropped;
      // Only the newest version of open incidents is left.
      if (dropped === 0) return;
    }
  }

  #drop(id: number, log: VersionLog): void {
    log.clear();
    this.#logs.delete(id);
  }

  /** One whole incident that is over, or the older half of the versions of one that goes on. */
  #dropOldest(): number {
    const before = this.#count.entries;
    for (const [id, log] of this.#logs) {
      if (!isOver(log)) continue;
      this.#drop(id, log);
      return before - this.#count.entries;
    }
    const longest = [...this.#logs.values()].sort((a, b) => b.size - a.size)[0]!;
    const instants: number[] = [];
    longest.instants(instants);
    longest.trim(instants[Math.floor(instants.length / 2)]!);
    return before - this.#count.entries;
  }
}

function isOver({ newest }: VersionLog): boolean {
  return newest === undefined || newest.state === "resolved";
}
