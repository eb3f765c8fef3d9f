import type { IncidentFault } from "../../core/incident.ts";
import type { Labels } from "../../core/metric.ts";
import type { IncidentRecord, MemberRecord } from "./record.ts";

/** Entities with the same value of one of these labels share something that can fail as a whole. */
export const SHARED_LABELS = ["host", "node", "instance", "rack", "zone", "cluster"] as const;

/** Breaches that began within this time of each other can have a common cause, ms. */
export const CORRELATED_WITHIN_MS = 30_000;

/** Values of labels that are remembered; the newest breaches are what matters. */
const MOST_LABELS = 10_000;

/** The incidents that go on, found by what an alert has in common with them. */
export class OpenIncidents {
  readonly #records = new Set<IncidentRecord>();
  readonly #byEntity = new Map<string, Set<IncidentRecord>>();
  readonly #byFault = new Map<number, IncidentRecord>();
  readonly #byAlert = new Map<string, IncidentRecord>();
  /** By label and value: the newest breach with it. */
  readonly #byLabel = new Map<string, { readonly record: IncidentRecord; readonly startedAt: number }>();

  [Symbol.iterator](): Iterator<IncidentRecord> {
    return this.#records[Symbol.iterator]();
  }

  get size(): number {
    return this.#records.size;
  }

  add(record: IncidentRecord): void {
    this.#records.add(record);
    for (const fault of record.faults) this.#byFault.set(fault, record);
    for (const member of record.members.values()) this.#link(record, member);
  }

  /** An alert became a member of an incident. */
  joined(record: IncidentRecord, member: MemberRecord, labels: Labels): void {
    this.#link(record, member);
    if (this.#byLabel.size >= MOST_LABELS) this.#byLabel.clear();
    for (const key of sharedLabels(labels)) this.#byLabel.set(key, { record, startedAt: member.startedAt });
  }

  blamed(record: IncidentRecord, { id }: IncidentFault): void {
    this.#byFault.set(id, record);
  }

  /** An alert ended; its incident may go on. */
  ended(fingerprint: string): void {
    this.#byAlert.delete(fingerprint);
  }

  delete(record: IncidentRecord): void {
    this.#records.delete(record);
    for (const fault of record.faults) {
      if (this.#byFault.get(fault) === record) this.#byFault.delete(fault);
    }
    for (const { entity, fingerprint } of record.members.values()) {
      const ofEntity = this.#byEntity.get(entity);
      ofEntity?.delete(record);
      if (ofEntity?.size === 0) this.#byEntity.delete(entity);
      if (this.#byAlert.get(fingerprint) === record) this.#byAlert.delete(fingerprint);
    }
  }

  ofAlert(fingerprint: string): IncidentRecord | undefined {
    return this.#byAlert.get(fingerprint);
  }

  ofFault(id: number): IncidentRecord | undefined {
    return this.#byFault.get(id);
  }

  /** Those with an alert on an entity, also one that has ended; the one that began there first. */
  ofEntity(entity: string): readonly IncidentRecord[] {
    const found = this.#byEntity.get(entity);
    if (found === undefined) return [];
    return [...found].sort(
      (a, b) => Number(b.entity === entity) - Number(a.entity === entity) || a.id - b.id,
    );
  }

  /** One with a breach that began at about the same time, on an entity with a label in common. */
  correlated(labels: Labels, startedAt: number): IncidentRecord | undefined {
    for (const key of sharedLabels(labels)) {
      const found = this.#byLabel.get(key);
      if (found === undefined || !this.#records.has(found.record)) continue;
      if (Math.abs(found.startedAt - startedAt) <= CORRELATED_WITHIN_MS) return found.record;
    }
    return undefined;
  }

  #link(record: IncidentRecord, { entity, fingerprint, endedAt }: MemberRecord): void {
    const ofEntity = this.#byEntity.get(entity) ?? new Set();
    this.#byEntity.set(entity, ofEntity.add(record));
    if (endedAt === undefined) this.#byAlert.set(fingerprint, record);
  }
}

function sharedLabels(labels: Labels): string[] {
  return SHARED_LABELS.flatMap((name) => {
    const value = labels[name];
    return value === undefined || value === "" ? [] : [`${name}=${value}`];
  });
}
