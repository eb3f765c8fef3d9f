import { type Alert, SEVERITIES, type Severity } from "../core/alert.ts";
import type { Labels } from "../core/metric.ts";
import { formatDuration } from "../core/text.ts";
import { AlertEntries, type Entry, hasLabels, isActive } from "./alert-entries.ts";
import { ClosedAlerts } from "./closed-alerts.ts";
import type { RuleInstance } from "./evaluate.ts";
import { MONITOR, type Transition } from "./transition-log.ts";
import type { Breach } from "./types.ts";

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

/**
 * The life cycle of alerts, with the semantics of Prometheus (rules/alerting.go): a breach is pending from the
 * first evaluation that finds it, and fires once its hold is met, immediately without one. When the breach
 * ends, a pending alert is gone; a firing one is kept firing for as long as its rule says, and is then
 * resolved and retained. A rule that failed freezes its alerts. Rule and entity identify an alert; a breach
 * after its resolution is a new occurrence of it and takes its place.
 */
export class AlertLifecycle {
  readonly #entries = new AlertEntries();
  readonly #closed = new ClosedAlerts();
  #round = 0;

  /**
   * Applies the results of all rules at `now` (ms since the epoch, never decreasing), each pair of rule and
   * entity once. A pair that is not among the instances is not in breach.
   */
  evaluate(now: number, instances: Iterable<RuleInstance>, context: AlertContext): readonly Happened[] {
    this.#round += 1;
    const happened: Happened[] = [];
    for (const instance of instances) {
      const known = this.#entries.get(instance.rule, instance.entity);
      let active = known !== undefined && isActive(known.alert) ? known : undefined;
      if (active !== undefined && !hasLabels(active, instance.labels)) {
        this.#expired(now, active, "the labels of its rule changed", happened);
        active = undefined;
      }
      if (active !== undefined) active.round = this.#round;
      if (active === undefined && this.#closed.covers(instance, this.#round)) continue;
      if (instance.failed) {
        if (active !== undefined && instance.note !== undefined) this.#freeze(active, instance.note);
        continue;
      }
      if (instance.breach === undefined) {
        if (active !== undefined) this.#ended(now, active, happened);
        continue;
      }
      const entry = active ?? this.#entries.begin(now, instance, instance.breach, context.labelsOf);
      entry.round = this.#round;
      this.#holds(now, entry, instance, instance.breach, active === undefined, happened);
    }
    for (const entry of this.#entries.all()) {
      if (entry.round === this.#round || !isActive(entry.alert)) continue;
      const { rule, entity } = entry.alert;
      const expired = context.whyExpired(rule, entity);
      const frozen = expired === undefined ? context.whyFrozen(rule, entity) : undefined;
      if (expired !== undefined) this.#expired(now, entry, expired, happened);
      else if (frozen !== undefined) this.#freeze(entry, frozen);
      else this.#ended(now, entry, happened);
    }
    this.#closed.endOthers(this.#round, context);
    this.#entries.forget(now);
    return happened;
  }

  /** The monitor did not run for so long, ms: this time does not count towards the hold of pending alerts. */
  notObserved(ms: number): void {
    for (const entry of this.#entries.all()) entry.unobservedMs += ms;
  }

  /**
   * Pending and firing alerts first, then resolved and expired ones, each group newest first. Returns the same
   * array of the same objects until something changes.
   */
  alerts(): readonly Alert[] {
    return this.#entries.listed();
  }

  /**
   * Closes a firing alert by hand. It stays closed until its condition has ended once.
   * @throws RangeError when it is not firing
   */
  close(now: number, { rule, entity }: Alert, by: string): Happened {
    const entry = this.#entries.get(rule, entity);
    if (entry === undefined || entry.alert.state !== "firing") {
      throw new RangeError(`${rule} on ${entity} is not firing`);
    }
    const happened: Happened[] = [];
    this.#finish(now, entry, "resolved", "closed by hand", happened, by);
    this.#closed.add(entry);
    return happened[0]!;
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
    if (!breach.isHeld) {
      entry.reason = message;
      entry.reasonSeverity = severity;
    }
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
      this.#entries.changed();
    }
    const { alert } = entry;
    const note = (type: Transition["type"], from: Transition["from"], reason: string) =>
      happened.push({ at: now, type, from, to: alert.state, reason, actor: MONITOR, alert });
    if (fires) {
      this.#entries.fired(alert);
      entry.highest = severity;
      const reason = required.ms > 0 ? `held for ${formatDuration(required.ms)}` : "at once";
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
    actor = MONITOR,
  ): void {
    const { alert: before } = entry;
    const { state: from } = before;
    if (type === "gone") {
      this.#entries.delete(entry);
      happened.push({ at, type, from, to: "inactive", reason, actor, alert: before });
      return;
    }
    const { reason: message, reasonSeverity: severity } = entry;
    const ended = { state: type, message, severity, resolvedAt: at, keptFiringSince: undefined };
    this.#entries.ended(entry, { ...before, ...ended });
    happened.push({ at, type, from, to: type, reason, actor, alert: entry.alert });
  }

  #set(entry: Entry, alert: Alert): void {
    entry.alert = alert;
    this.#entries.changed();
  }
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
