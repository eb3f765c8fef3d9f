import { SEVERITIES } from "../../core/alert.ts";
import type { CauseContext } from "./context.ts";
import type { IncidentRecord, MemberRecord } from "./record.ts";

/** A cause that has ended explains its symptoms for this long, ms: they recover later than it does. */
export const CAUSE_LASTS_MS = 120_000;

/**
 * Finds out where the trouble of an incident began: on the entities that no other troubled entity of it can
 * reach. What they can reach are symptoms. Where two entities reach each other, as a queue and its consumers do,
 * the one whose breach began first comes first.
 */
export function assignRoles(record: IncidentRecord, now: number, context: CauseContext): void {
  const linked = [...record.members.values()].filter(({ role }) => role !== "related");
  const standing = linked.filter((member) => stands(member, now));
  const began = new Map<string, number>();
  for (const { entity, startedAt } of standing) {
    began.set(entity, Math.min(startedAt, began.get(entity) ?? startedAt));
  }
  const roots = new Set([...began.keys()].filter((entity) => isRoot(entity, record, began, context)));
  for (const member of standing) {
    const role = roots.has(member.entity) ? "cause" : "symptom";
    if (member.role === role) continue;
    member.role = role;
    record.changed();
  }
  moveRoot(record, roots, now, context);
  suppress(record, standing, context);
  const causes = standing.filter(({ role, endedAt }) => role === "cause" && endedAt !== undefined);
  record.dueAt = Math.min(...causes.map(({ endedAt }) => endedAt! + CAUSE_LASTS_MS));
}

/** Whether it goes on, or ended only just now. */
function stands({ endedAt, flapping }: MemberRecord, now: number): boolean {
  return endedAt === undefined || flapping || now - endedAt < CAUSE_LASTS_MS;
}

function isRoot(
  entity: string,
  { fault }: IncidentRecord,
  began: ReadonlyMap<string, number>,
  context: CauseContext,
): boolean {
  if (fault?.entity === entity) return true;
  const dependencies = context.dependenciesOf(entity);
  const comesBefore = (other: string): boolean => {
    if (other === entity || !dependencies.has(other)) return false;
    if (other === fault?.entity || !context.dependenciesOf(other).has(entity)) return true;
    const difference = began.get(other)! - began.get(entity)!;
    return difference < 0 || (difference === 0 && other < entity);
  };
  const [few, many] = dependencies.size < began.size ? [dependencies, began] : [began.keys(), began];
  for (const other of few) if (many.has(other) && comesBefore(other)) return false;
  return true;
}

/** The incident is named after the deepest entity with trouble that was found so far. */
function moveRoot(
  record: IncidentRecord,
  roots: ReadonlySet<string>,
  now: number,
  context: CauseContext,
): void {
  const before = record.entity;
  if (roots.has(before) && record.fault?.entity !== before && !hasFaulty(roots, record)) return;
  const deeper = hasFaulty(roots, record)
    ? record.fault!.entity
    : [...roots].find((root) => context.affectedBy(root).has(before));
  if (deeper === undefined || deeper === before) return;
  record.entity = deeper;
  const text = `${deeper} is the cause: ${before} depends on it`;
  record.timeline.add({ at: now, text, actor: undefined });
  record.changed();
}

function hasFaulty(roots: ReadonlySet<string>, { fault }: IncidentRecord): boolean {
  return fault !== undefined && roots.has(fault.entity);
}

/**
 * A symptom is suppressed while a cause is standing that reaches it. One that is worse than its cause is not: it
 * may have a cause of its own. An injected fault explains it in any case.
 */
function suppress(record: IncidentRecord, standing: readonly MemberRecord[], context: CauseContext): void {
  const causes = standing.filter(({ role }) => role === "cause");
  const worst = new Map<string, number>();
  for (const { entity, severity } of causes) {
    worst.set(entity, Math.max(SEVERITIES.indexOf(severity), worst.get(entity) ?? 0));
  }
  const reached = Array.from(worst, ([entity, rank]) => ({ rank, affected: context.affectedBy(entity) }));
  for (const member of record.members.values()) {
    const { role, endedAt, severity, entity } = member;
    const isSymptom = role === "symptom" && endedAt === undefined;
    const least = record.fault === undefined ? SEVERITIES.indexOf(severity) : 0;
    const suppressed =
      isSymptom && reached.some(({ rank, affected }) => rank >= least && affected.has(entity));
    if (suppressed === member.suppressed) continue;
    member.suppressed = suppressed;
    record.changed();
  }
}
