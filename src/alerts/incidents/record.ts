import { type Acknowledgement, type Alert, SEVERITIES, type Severity } from "../../core/alert.ts";
import type { Health } from "../../core/health.ts";
import type {
  Incident,
  IncidentEnd,
  IncidentFault,
  IncidentMember,
  IncidentRole,
  IncidentState,
} from "../../core/incident.ts";
import { Timeline } from "./timeline.ts";

/** Members of one incident that are listed one by one. */
export const MEMBERS_LISTED = 200;

/** One alert of an incident that goes on. */
export interface MemberRecord {
  readonly fingerprint: string;
  readonly rule: string;
  readonly entity: string;
  severity: Severity;
  role: IncidentRole;
  startedAt: number;
  joinedAt: number;
  endedAt: number | undefined;
  occurrences: number;
  acknowledged: Acknowledgement | undefined;
  /** It may have ended, but will be back in a moment. */
  flapping: boolean;
  suppressed: boolean;
}

const HEALTH_OF: Readonly<Record<Severity, Health>> = {
  warning: "degraded",
  critical: "critical",
  page: "down",
};
const ROLES: readonly IncidentRole[] = ["cause", "related", "symptom"];

/** An incident while it goes on. `publish` makes the immutable value of it. */
export class IncidentRecord {
  readonly id: number;
  /** The entity where the trouble began, as far as it is known. */
  entity: string;
  fault: IncidentFault | undefined;
  /** The ids of all faults that play a part in it. */
  readonly faults = new Set<number>();
  readonly members = new Map<string, MemberRecord>();
  /** One member of each entity. */
  readonly #byEntity = new Map<string, MemberRecord>();
  readonly timeline = new Timeline();
  startedAt: number;
  detectedAt: number;
  acknowledged: Acknowledgement | undefined;
  isAcknowledged = false;
  resolvedAt: number | undefined;
  endedBy: IncidentEnd | undefined;
  /** When its roles change although nothing happens, because a cause has been over for long enough. */
  dueAt = Number.POSITIVE_INFINITY;
  #published: Incident | undefined;

  constructor(id: number, alert: Alert, at: number, fault: IncidentFault | undefined) {
    this.id = id;
    this.entity = alert.entity;
    this.startedAt = fault?.injectedAt ?? alert.startedAt;
    this.detectedAt = at;
    if (fault !== undefined) this.blame(fault);
  }

  /** A fault plays a part in it; the first one is named as the cause. */
  blame(fault: IncidentFault): void {
    if (this.faults.has(fault.id)) return;
    this.faults.add(fault.id);
    this.fault ??= fault;
    const { injectedAt: at, injectedBy: actor, label, entity } = fault;
    this.timeline.add({ at, text: `${label} was injected on ${entity}`, actor });
    this.changed();
  }

  /** An alert fired as part of it. */
  join(alert: Alert, at: number, role: IncidentRole): MemberRecord {
    const { fingerprint, rule, entity, severity, startedAt, flapping } = alert;
    const known = this.members.get(fingerprint);
    const member: MemberRecord = known ?? {
      fingerprint,
      rule,
      entity,
      severity,
      role,
      startedAt,
      joinedAt: at,
      endedAt: undefined,
      occurrences: 0,
      acknowledged: undefined,
      flapping,
      suppressed: false,
    };
    member.severity = highest([member.severity, severity]);
    member.occurrences += 1;
    member.endedAt = undefined;
    member.acknowledged = undefined;
    member.flapping = flapping;
    this.add(member);
    this.resolvedAt = undefined;
    this.endedBy = undefined;
    this.changed();
    return member;
  }

  /** Takes over a member. */
  add(member: MemberRecord): void {
    this.members.set(member.fingerprint, member);
    if (!this.#byEntity.has(member.entity)) this.#byEntity.set(member.entity, member);
  }

  /** What the alerts of an entity are to the incident; undefined: it has none. */
  roleOf(entity: string): IncidentRole | undefined {
    return this.#byEntity.get(entity)?.role;
  }

  active(): MemberRecord[] {
    return [...this.members.values()].filter(({ endedAt }) => endedAt === undefined);
  }

  /** Whoever takes care of an incident takes care of all that is not a mere symptom. */
  judgeAcknowledged(): void {
    const active = this.active();
    const concerned = active.filter(({ role }) => role !== "symptom");
    const judged = concerned.length > 0 ? concerned : active;
    this.isAcknowledged = judged.length > 0 && judged.every(({ acknowledged }) => acknowledged !== undefined);
    if (this.isAcknowledged && this.acknowledged === undefined) {
      const last = judged.map(({ acknowledged }) => acknowledged!).sort((a, b) => b.at - a.at)[0]!;
      this.acknowledged = last;
    }
  }

  changed(): void {
    this.#published = undefined;
  }

  get title(): string {
    const own = [...this.members.values()].filter(({ entity }) => entity === this.entity);
    const severities = (own.length > 0 ? own : [...this.members.values()]).map(({ severity }) => severity);
    return `${this.entity} ${HEALTH_OF[highest(severities)]}`;
  }

  /** The same object until something changes. */
  publish(): Incident {
    if (this.#published !== undefined) return this.#published;
    const all = [...this.members.values()];
    const sorted = all.toSorted(
      (a, b) =>
        ROLES.indexOf(a.role) - ROLES.indexOf(b.role) ||
        SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
        a.joinedAt - b.joinedAt,
    );
    const { id, title, entity, fault, startedAt, detectedAt, acknowledged, resolvedAt, endedBy } = this;
    this.#published = {
      id,
      state: this.#state(),
      title,
      entity,
      severity: highest(all.map(({ severity }) => severity)),
      fault,
      members: sorted.slice(0, MEMBERS_LISTED).map(memberOf),
      unlisted: Math.max(0, all.length - MEMBERS_LISTED),
      suppressed: all.filter(({ suppressed }) => suppressed).length,
      startedAt,
      detectedAt,
      acknowledged,
      resolvedAt,
      endedBy,
      timeline: this.timeline.entries(),
    };
    return this.#published;
  }

  #state(): IncidentState {
    if (this.resolvedAt !== undefined) return "resolved";
    return this.isAcknowledged ? "acknowledged" : "open";
  }
}

function memberOf({
  acknowledged: _,
  flapping: __,
  suppressed: ___,
  ...member
}: MemberRecord): IncidentMember {
  return member;
}

export function highest(severities: readonly Severity[]): Severity {
  return SEVERITIES[Math.max(...severities.map((severity) => SEVERITIES.indexOf(severity)))]!;
}
