import { type Acknowledgement, type Alert, type AlertMarks, NO_MARKS } from "../core/alert.ts";
import { matchersText } from "../core/matchers.ts";
import type { RuleInstance } from "./evaluate.ts";
import { type AlertContext, AlertLifecycle, type Happened, isActive } from "./lifecycle.ts";
import { type NewSilence, type Silence, Silences } from "./silences.ts";
import { MONITOR, type Transition, TransitionLog, type TransitionType } from "./transition-log.ts";

/**
 * The alerts of a monitor: their life cycle, what operators say about them, and the log of every transition.
 * Marks belong to fingerprints and silences to labels, so neither depends on the config.
 */
export class AlertEngine {
  readonly log = new TransitionLog();
  readonly #lifecycle = new AlertLifecycle();
  readonly #silences = new Silences();
  readonly #acknowledged = new Map<string, Acknowledgement>();
  /** What was last said about the marks of an alert, by fingerprint; absent: no marks. */
  readonly #marks = new Map<string, AlertMarks>();
  /** The list that `#alerts` was made from; undefined when marks have changed since. */
  #base: readonly Alert[] | undefined;
  #alerts: readonly Alert[] = [];

  /**
   * Applies the results of all rules; see AlertLifecycle.evaluate.
   * @returns what happened, as it was appended to the log
   */
  evaluate(now: number, instances: Iterable<RuleInstance>, context: AlertContext): readonly Transition[] {
    const before = this.log.sequence;
    const ended: string[] = [];
    for (const happened of this.#lifecycle.evaluate(now, instances, context)) {
      const { fingerprint } = happened.alert;
      if (happened.type === "resolved" || happened.type === "expired") ended.push(fingerprint);
      this.#append(happened);
    }
    // An acknowledgement lasts until the recovery, and is part of what is told about it.
    for (const fingerprint of ended) this.#acknowledged.delete(fingerprint);
    this.#silences.forget(now);
    this.#mark(now, MONITOR);
    return this.log.after(before);
  }

  /** See AlertLifecycle.notObserved. */
  notObserved(ms: number): void {
    this.#lifecycle.notObserved(ms);
  }

  /** @throws RangeError when no such alert is pending or firing, or it is acknowledged already */
  acknowledge(now: number, fingerprint: string, by: string): Alert {
    const { acknowledged, rule, entity } = this.#active(fingerprint);
    if (acknowledged !== undefined)
      throw new RangeError(`${rule} on ${entity} is acknowledged by ${acknowledged.by} already`);
    this.#acknowledged.set(fingerprint, { by, at: now });
    this.#mark(now, by);
    return this.#active(fingerprint);
  }

  /** @throws RangeError when the alert is not acknowledged */
  unacknowledge(now: number, fingerprint: string, by: string): Alert {
    const { rule, entity } = this.#active(fingerprint);
    if (!this.#acknowledged.delete(fingerprint))
      throw new RangeError(`${rule} on ${entity} is not acknowledged`);
    this.#mark(now, by);
    return this.#active(fingerprint);
  }

  /** @throws RangeError; see Silences.add */
  silence(now: number, silence: NewSilence): Silence {
    const added = this.#silences.add(silence);
    this.#mark(now, silence.author);
    return added;
  }

  /** Extends or ends a silence. @throws RangeError for an unknown id */
  endSilenceAt(now: number, id: string, endsAt: number, by: string): Silence {
    const changed = this.#silences.endAt(id, endsAt);
    if (changed === undefined) throw new RangeError(`there is no silence ${id}`);
    this.#mark(now, by);
    return changed;
  }

  /** In the order of the life cycle, with their marks. The same array until something changes. */
  alerts(): readonly Alert[] {
    const base = this.#lifecycle.alerts();
    if (base !== this.#base) {
      this.#base = base;
      this.#alerts =
        this.#marks.size === 0
          ? base
          : base.map((alert) => {
              const marks = this.#marks.get(alert.fingerprint);
              return marks === undefined ? alert : { ...alert, ...marks };
            });
    }
    return this.#alerts;
  }

  silences(): readonly Silence[] {
    return this.#silences.list();
  }

  #active(fingerprint: string): Alert {
    const alert = this.alerts().find((each) => each.fingerprint === fingerprint && isActive(each));
    if (alert === undefined) throw new RangeError("this alert is not active any more");
    return alert;
  }

  /** Marks active alerts anew, and logs what changed. */
  #mark(now: number, actor: string): void {
    const active = new Set<string>();
    for (const alert of this.#lifecycle.alerts()) {
      if (!isActive(alert)) break;
      const { fingerprint } = alert;
      active.add(fingerprint);
      const before = this.#marks.get(fingerprint) ?? NO_MARKS;
      const acknowledged = this.#acknowledged.get(fingerprint);
      const silence = this.#silences.matching(alert, now);
      if (acknowledged === before.acknowledged && silence?.id === before.silencedBy) continue;
      const marks = { ...before, acknowledged, silencedBy: silence?.id };
      this.#set(fingerprint, marks);
      const marked = { ...alert, ...marks };
      const note = (type: TransitionType, reason: string) =>
        this.#append({ at: now, type, from: alert.state, to: alert.state, reason, actor, alert: marked });
      if (acknowledged !== undefined && before.acknowledged === undefined)
        note("acknowledged", "by an operator");
      if (acknowledged === undefined && before.acknowledged !== undefined)
        note("unacknowledged", "by an operator");
      if (silence !== undefined && before.silencedBy === undefined)
        note("silenced", `${silence.reason} (${matchersText(silence.matchers)})`);
      if (silence === undefined && before.silencedBy !== undefined) note("unsilenced", "the silence ended");
    }
    for (const fingerprint of this.#marks.keys()) {
      if (!active.has(fingerprint)) this.#set(fingerprint, NO_MARKS);
    }
  }

  #set(fingerprint: string, marks: AlertMarks): void {
    if (marks === NO_MARKS || (marks.acknowledged === undefined && marks.silencedBy === undefined))
      this.#marks.delete(fingerprint);
    else this.#marks.set(fingerprint, marks);
    this.#base = undefined;
  }

  /** An acknowledgement that is made while an alert is retained says nothing: its marks are those at its end. */
  #append(happened: Happened): void {
    const marks = this.#marks.get(happened.alert.fingerprint);
    this.log.append(marks === undefined ? happened : { ...happened, alert: { ...happened.alert, ...marks } });
  }
}
