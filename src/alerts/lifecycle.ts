import { type Alert, NO_MARKS, SEVERITIES, type Severity } from "../core/alert.ts";
import type { Labels } from "../core/metric.ts";
import { formatDuration } from "../core/text.ts";
import type { RuleInstance } from "./evaluate.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { MONITOR, type Transition } from "./transition-log.ts";
import type { Breach } from "./types.ts";

/** How long a resolved alert is kept, ms (the same as Prometheus, rules/alerting.go). */
export const RESOLVED_KEPT_MS = 15 * 60_000;

/** Limits the memory that flapping alerts can use: the alerts resolved longest ago are dropped first. */
export const RESOLVED_KEPT_COUNT = 500;

/** A transition that is not in the log yet. */
export type Happened = Omit<Transition, "sequence">;

/** What the life cycle has to know besides the results of the rules. */
export interface AlertContext {
  /** Why alerts of a rule that no longer watches the entity expire; undefined while it does. */
  whyExpired(rule: string, entity: string): string | undefined;
  /** Why nothing can be said about the entity, so that its alert keeps its state; undefined: it is judged. */
  whyFrozen(rule: string, entity: string): string | undefined;
  /** The labels that an alert of this entity carries besides those of its rule. */
  labelsOf(entity: string): Labels;
}

interface Entry {
  alert: Alert;
  /** Those of its rule. */
  labels: Labels | undefined;
  /** Consecutive evaluations in which the condition held. */
  ticks: number;
  /** How long nothing was observed since it started, ms. */
  unobservedMs: number;
  /** The evaluation that last included it. */
  round: number;
  /** The highest severity while firing. */
  highest: Severity;
  /** How long it goes on firing after the breach ended, ms. */
  keepFiringMs: number;
  /** The message of the newest evaluation in which its limit was crossed, and not only held. */
  reason: string;
}

/**
 * The life cycle of alerts, with the semantics of Prometheus (rules/alerting.go): a breach is pending from the
 * first evaluation that finds it, and fires once its hold is met, immediately without one. When the breach
 * ends, a pending alert is gone; a firing one is kept firing for as long as its rule says, and is then
 * resolved and retained. A rule that failed freezes its alerts. Rule and entity identify an alert; a breach
 * after its resolution is a new occurrence of it and takes its place.
 */
export class AlertLifecycle {
  readonly #entries = new Map<string, Map<string, Entry>>();
  readonly #occurrences = new Map<string, number>();
  #listed: readonly Alert[] | undefined = [];
  #lastId = 0;
  #round = 0;

  /**
   * Applies the results of all rules at `now` (ms since the epoch, never decreasing), each pair of rule and
   * entity once. A pair that is not among the instances is not in breach.
   */
  evaluate(now: number, instances: Iterable<RuleInstance>, context: AlertContext): readonly Happened[] {
    this.#round += 1;
    const happened: Happened[] = [];
    for (const instance of instances) {
      const known = this.#entries.get(instance.rule)?.get(instance.entity);
      let active = known !== undefined && isActive(known.alert) ? known : undefined;
      if (active !== undefined && !hasLabels(active, instance.labels)) {
        this.#expired(now, active, "the labels of its rule changed", happened);
        active = undefined;
      }
      if (active !== undefined) active.round = this.#round;
      if (instance.failed) {
        if (active !== undefined && instance.note !== undefined) this.#freeze(active, instance.note);
        continue;
      }
      if (instance.breach === undefined) {
        if (active !== undefined) this.#ended(now, active, happened);
        continue;
      }
      const entry = active ?? this.#begin(now, instance, instance.breach, context);
      this.#holds(now, entry, instance, instance.breach, active === undefined, happened);
    }
    for (const ofRule of this.#entries.values()) {
      for (const entry of ofRule.values()) {
        if (entry.round === this.#round || !isActive(entry.alert)) continue;
        const { rule, entity } = entry.alert;
        const expired = context.whyExpired(rule, entity);
        const frozen = expired === undefined ? context.whyFrozen(rule, entity) : undefined;
        if (expired !== undefined) this.#expired(now, entry, expired, happened);
        else if (frozen !== undefined) this.#freeze(entry, frozen);
        else this.#ended(now, entry, happened);
      }
    }
    this.#forget(now);
    return happened;
  }

  /** The monitor did not run for so long, ms: this time does not count towards the hold of pending alerts. */
  notObserved(ms: number): void {
    for (const entry of this.#all()) entry.unobservedMs += ms;
  }

  /**
   * Pending and firing alerts first, then resolved and expired ones, each group newest first. Returns the same
   * array of the same objects until something changes.
   */
  alerts(): readonly Alert[] {
    if (this.#listed === undefined) {
      const newestFirst = this.#all()
        .map(({ alert }) => alert)
        .sort((a, b) => b.id - a.id);
      this.#listed = [...newestFirst.filter(isActive), ...newestFirst.filter((alert) => !isActive(alert))];
    }
    return this.#listed;
  }

  #begin(
    now: number,
    { rule, entity, hold, labels: own, annotations }: RuleInstance,
    breach: Breach,
    context: AlertContext,
  ) {
    this.#lastId += 1;
    const identity = { alertname: rule, entity, ...own };
    const fingerprint = fingerprintOf(identity);
    const entry: Entry = {
      alert: {
        ...NO_MARKS,
        id: this.#lastId,
        fingerprint,
        occurrences: (this.#occurrences.get(fingerprint) ?? 0) + 1,
        rule,
        entity,
        labels: { ...context.labelsOf(entity), ...identity },
        severity: breach.severity,
        state: "pending",
        message: breach.message,
        annotations: annotations?.() ?? {},
        measure: breach.measure,
        startedAt: now,
        firesAt: now + hold.ms,
        firedAt: undefined,
        keptFiringSince: undefined,
        resolvedAt: undefined,
      },
      labels: own,
      ticks: 0,
      unobservedMs: 0,
      round: this.#round,
      highest: breach.severity,
      keepFiringMs: hold.keepFiringMs ?? 0,
      reason: breach.message,
    };
    const ofRule = this.#entries.get(rule) ?? new Map<string, Entry>();
    this.#entries.set(rule, ofRule.set(entity, entry));
    this.#listed = undefined;
    return entry;
  }

  /** The condition holds: refreshes the alert, and fires it once its hold is met. */
  #holds(
    now: number,
    entry: Entry,
    { hold: required, annotations }: RuleInstance,
    breach: Breach,
    isNew: boolean,
    happened: Happened[],
  ): void {
    const before = entry.alert;
    entry.ticks += 1;
    entry.keepFiringMs = required.keepFiringMs ?? 0;
    const heldMs = now - before.startedAt - entry.unobservedMs;
    const met = entry.ticks >= required.ticks && heldMs >= required.ms;
    const fires = before.state === "pending" && met;
    const { severity, message } = breach;
    if (!breach.isHeld) entry.reason = message;
    const firesAt = now + required.ms - heldMs;
    const escalates = before.state === "firing" && rank(severity) > rank(entry.highest);
    const isSame =
      !fires &&
      before.keptFiringSince === undefined &&
      severity === before.severity &&
      message === before.message &&
      (before.state === "firing" || before.firesAt === firesAt);
    if (!isSame) {
      entry.alert = {
        ...before,
        severity,
        message,
        // Rendered when it changes its state, like those of Prometheus when they are sent.
        annotations: ((fires && !isNew) || escalates ? annotations?.() : undefined) ?? before.annotations,
        state: fires ? "firing" : before.state,
        firesAt: fires || before.state === "firing" ? undefined : firesAt,
        firedAt: fires ? now : before.firedAt,
        keptFiringSince: undefined,
      };
      this.#listed = undefined;
    }
    const { alert } = entry;
    const note = (type: Transition["type"], from: Transition["from"], reason: string) =>
      happened.push({ at: now, type, from, to: alert.state, reason, actor: MONITOR, alert });
    if (fires) {
      this.#occurrences.set(alert.fingerprint, alert.occurrences);
      entry.highest = severity;
      const reason = required.ms > 0 ? `held for ${formatDuration(required.ms)}` : "no hold";
      note("fired", isNew ? "inactive" : "pending", reason);
    } else if (isNew) {
      entry.highest = severity;
      note("pending", "inactive", "breach");
    } else if (escalates) {
      entry.highest = severity;
      note("escalated", "firing", severity);
    }
  }

  /** The breach ended. */
  #ended(now: number, entry: Entry, happened: Happened[]): void {
    const { alert, keepFiringMs } = entry;
    entry.ticks = 0;
    if (alert.state === "pending") {
      this.#finish(now, entry, "gone", "recovered", happened);
      return;
    }
    if (keepFiringMs > 0) {
      const since = alert.keptFiringSince ?? now;
      if (alert.keptFiringSince === undefined) this.#set(entry, { ...alert, keptFiringSince: now });
      if (now - since < keepFiringMs) return;
    }
    this.#finish(now, entry, "resolved", "recovered", happened);
  }

  #expired(now: number, entry: Entry, reason: string, happened: Happened[]): void {
    const type = entry.alert.state === "pending" ? "gone" : "expired";
    this.#finish(now, entry, type, reason, happened);
  }

  /** Nothing can be said about it: it keeps its state, and says so. */
  #freeze(entry: Entry, note: string): void {
    const message = `${entry.reason} (${note})`;
    if (message !== entry.alert.message) this.#set(entry, { ...entry.alert, message });
  }

  #finish(
    at: number,
    entry: Entry,
    type: "gone" | "resolved" | "expired",
    reason: string,
    happened: Happened[],
  ): void {
    const { alert: before } = entry;
    const { state: from, rule, entity } = before;
    if (type === "gone") {
      this.#entries.get(rule)?.delete(entity);
      this.#listed = undefined;
      happened.push({ at, type, from, to: "inactive", reason, actor: MONITOR, alert: before });
      return;
    }
    const ended = { state: type, message: entry.reason, resolvedAt: at, keptFiringSince: undefined };
    this.#set(entry, { ...before, ...ended });
    happened.push({ at, type, from, to: type, reason, actor: MONITOR, alert: entry.alert });
  }

  #set(entry: Entry, alert: Alert): void {
    entry.alert = alert;
    this.#listed = undefined;
  }

  /** Drops what was resolved long ago. */
  #forget(now: number): void {
    const ended = this.#all().filter(({ alert }) => !isActive(alert));
    const surplus = ended.length - RESOLVED_KEPT_COUNT;
    const oldestFirst = surplus > 0 ? ended.sort((a, b) => a.alert.resolvedAt! - b.alert.resolvedAt!) : ended;
    for (const [nth, { alert }] of oldestFirst.entries()) {
      if (nth >= surplus && now - alert.resolvedAt! <= RESOLVED_KEPT_MS) continue;
      this.#entries.get(alert.rule)?.delete(alert.entity);
      this.#listed = undefined;
    }
  }

  #all(): Entry[] {
    return [...this.#entries.values()].flatMap((ofRule) => [...ofRule.values()]);
  }
}

export function isActive({ state }: Alert): boolean {
  return state === "pending" || state === "firing";
}

/** A rule with other labels is the same rule, but its alerts are others. */
function hasLabels(entry: Entry, own: Labels | undefined): boolean {
  if (entry.labels === own) return true;
  if (fingerprintOf(entry.labels ?? {}) !== fingerprintOf(own ?? {})) return false;
  entry.labels = own;
  return true;
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
