import type { Alert } from "../../core/alert.ts";
import type {
  Incident,
  IncidentEnd,
  IncidentEntry,
  IncidentFault,
  IncidentRole,
} from "../../core/incident.ts";
import { formatDuration } from "../../core/text.ts";
import { describeTransition } from "../sentences.ts";
import { MONITOR, type Transition } from "../transition-log.ts";
import { assignmentOf } from "./assign.ts";
import { type CauseContext, NO_CAUSES } from "./context.ts";
import { listed } from "./listed.ts";
import { OpenIncidents } from "./open-incidents.ts";
import { IncidentRecord } from "./record.ts";
import { ResolvedIncidents } from "./resolved-incidents.ts";
import { assignRoles } from "./roles.ts";

/** Why an alert is a symptom. */
export interface Suppression {
  readonly incident: number;
  /** "payment-service down" */
  readonly reason: string;
}

const ENDS: Readonly<Partial<Record<Transition["type"], IncidentEnd>>> = {
  resolved: "recovery",
  expired: "removal",
};

/** Groups alerts that fire into incidents. A reader of the log of transitions: it never changes an alert. */
export class Incidents {
  readonly #open = new OpenIncidents();
  readonly #resolved = new ResolvedIncidents();
  readonly #suppressed = new Map<string, Suppression>();
  #changed = new Set<string>();
  /** Incidents whose roles may have changed. */
  readonly #dirty = new Set<IncidentRecord>();
  #listed: readonly Incident[] = [];
  #isListed = true;
  #nextDueAt = Number.POSITIVE_INFINITY;
  #lastId = 0;

  /**
   * Reads transitions that are new, all of one evaluation or of one command.
   * @param now ms since the epoch, never decreasing
   * @returns the fingerprints of the alerts whose suppression changed
   */
  read(
    transitions: readonly Transition[],
    now: number,
    context: CauseContext = NO_CAUSES,
  ): ReadonlySet<string> {
    const fired: Transition[] = [];
    const flaps: Transition[] = [];
    for (const transition of transitions) {
      if (transition.type === "fired") fired.push(transition);
      else if (transition.type === "flapping" || transition.type === "steady") flaps.push(transition);
      else this.#happened(transition);
    }
    // Dependencies first, so that callers that fire at the same time find their cause.
    const depth = new Map(
      fired.map(({ alert: { entity } }) => [entity, context.dependenciesOf(entity).size]),
    );
    fired.sort((a, b) => depth.get(a.alert.entity)! - depth.get(b.alert.entity)!);
    for (const transition of fired) this.#fired(transition, context);
    for (const transition of flaps) this.#happened(transition);
    if (now >= this.#nextDueAt) {
      for (const record of this.#open) if (now >= record.dueAt) this.#dirty.add(record);
    }
    for (const record of this.#dirty) this.#settle(record, now, context);
    if (this.#dirty.size > 0) this.#schedule();
    this.#dirty.clear();
    const changed = this.#changed;
    this.#changed = new Set();
    return changed;
  }

  /** A fault ended that plays a part in an incident: its timeline says so. */
  faultEnded(id: number, entry: IncidentEntry): void {
    const record = this.#open.ofFault(id);
    if (record === undefined) return;
    record.timeline.add(entry);
    record.changed();
    this.#isListed = false;
  }

  suppressionOf(fingerprint: string): Suppression | undefined {
    return this.#suppressed.get(fingerprint);
  }

  /** The id of the incident that an active alert belongs to. */
  ofAlert(fingerprint: string): number | undefined {
    return this.#open.ofAlert(fingerprint)?.id;
  }

  /** See Snapshot.incidents. The same array until something changes. */
  list(): readonly Incident[] {
    if (this.#isListed) return this.#listed;
    this.#listed = listed([...Array.from(this.#open, (record) => record.publish()), ...this.#resolved.all()]);
    this.#isListed = true;
    return this.#listed;
  }

  #fired(transition: Transition, context: CauseContext): void {
    const { alert, at } = transition;
    const fault = context.faultOf(alert);
    const assigned = assignmentOf(alert, fault, this.#open, context);
    const record = assigned?.record ?? this.#reopened(alert, fault, at) ?? this.#opened(alert, fault, at);
    for (const other of assigned?.merged ?? []) this.#merge(other, record, at);
    if (fault !== undefined && !record.faults.has(fault.id)) {
      record.blame(fault);
      this.#open.blamed(record, fault);
    }
    const role: IncidentRole = assigned?.role ?? "cause";
    const member = record.join(alert, at, role);
    this.#open.joined(record, member, alert.labels);
    this.#note(record, transition);
  }

  #opened(alert: Alert, fault: IncidentFault | undefined, at: number): IncidentRecord {
    this.#lastId += 1;
    const record = new IncidentRecord(this.#lastId, alert, at, fault);
    this.#open.add(record);
    return record;
  }

  /** Trouble that is back a short time after it was over is the same incident. */
  #reopened(alert: Alert, fault: IncidentFault | undefined, at: number): IncidentRecord | undefined {
    const record = this.#resolved.takeBack(alert, fault, at);
    if (record === undefined) return undefined;
    const after = formatDuration(at - record.resolvedAt!);
    record.timeline.add({ at, text: `reopened, ${after} after its end`, actor: undefined });
    record.resolvedAt = undefined;
    this.#open.add(record);
    return record;
  }

  #merge(from: IncidentRecord, into: IncidentRecord, at: number): void {
    this.#open.delete(from);
    this.#dirty.delete(from);
    for (const [fingerprint, member] of from.members) {
      into.add(member);
      if (this.#suppressed.delete(fingerprint)) this.#changed.add(fingerprint);
    }
    into.startedAt = Math.min(into.startedAt, from.startedAt);
    into.detectedAt = Math.min(into.detectedAt, from.detectedAt);
    into.timeline.merge(from.timeline);
    into.timeline.add({
      at,
      text: `incident ${from.id} (${from.title}) has the same cause`,
      actor: undefined,
    });
    this.#open.add(into);
  }

  /** Any transition but `fired`. */
  #happened(transition: Transition): void {
    const { type, alert, at } = transition;
    const { fingerprint } = alert;
    const record =
      this.#open.ofAlert(fingerprint) ??
      this.#open.ofEntity(alert.entity).find(({ members }) => members.has(fingerprint));
    const member = record?.members.get(fingerprint);
    if (record === undefined || member === undefined) return;
    switch (type) {
      case "resolved":
      case "expired":
        member.endedAt = at;
        record.endedBy = transition.actor === MONITOR ? ENDS[type] : "operator";
        this.#open.ended(fingerprint);
        break;
      case "escalated":
        member.severity = alert.severity;
        break;
      case "acknowledged":
      case "unacknowledged":
        member.acknowledged = alert.acknowledged;
        break;
      case "flapping":
      case "steady":
        member.flapping = alert.flapping;
        break;
      case "silenced":
      case "unsilenced":
        break;
      default:
        return;
    }
    this.#note(record, transition);
  }

  #note(record: IncidentRecord, transition: Transition): void {
    const { at, actor } = transition;
    const { text } = describeTransition(transition);
    if (text !== "") record.timeline.add({ at, text, actor: actor === MONITOR ? undefined : actor });
    record.changed();
    this.#dirty.add(record);
  }

  /** Brings the roles of an incident up to date, and ends it with its last alert. */
  #settle(record: IncidentRecord, now: number, context: CauseContext): void {
    this.#isListed = false;
    assignRoles(record, now, context);
    record.judgeAcknowledged();
    const { title, id } = record;
    for (const { fingerprint, suppressed } of record.members.values()) {
      const before = this.#suppressed.get(fingerprint);
      if (suppressed === (before?.incident === id)) continue;
      if (suppressed) this.#suppressed.set(fingerprint, { incident: id, reason: title });
      else this.#suppressed.delete(fingerprint);
      this.#changed.add(fingerprint);
    }
    const members = [...record.members.values()];
    if (members.some(({ endedAt, flapping }) => endedAt === undefined || flapping)) return;
    record.resolvedAt = Math.max(...members.map(({ endedAt }) => endedAt!));
    const lasted = formatDuration(record.resolvedAt - record.detectedAt);
    record.timeline.add({ at: record.resolvedAt, text: `resolved after ${lasted}`, actor: undefined });
    record.changed();
    this.#open.delete(record);
    this.#resolved.add(record);
  }

  #schedule(): void {
    this.#nextDueAt = Number.POSITIVE_INFINITY;
    for (const { dueAt } of this.#open) this.#nextDueAt = Math.min(this.#nextDueAt, dueAt);
  }
}
