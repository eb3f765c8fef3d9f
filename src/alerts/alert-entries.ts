import { type Alert, NO_MARKS, type Severity } from "../core/alert.ts";
import type { Labels } from "../core/metric.ts";
import type { RuleInstance } from "./evaluate.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Breach } from "./types.ts";

/** How long a resolved alert is kept, ms (the same as Prometheus, rules/alerting.go). */
export const RESOLVED_KEPT_MS = 15 * 60_000;

/** Limits the memory that flapping alerts can use: the alerts resolved longest ago are dropped first. */
export const RESOLVED_KEPT_COUNT = 500;

/** The occurrences of so many alerts are counted; those that fired longest ago are forgotten. */
const COUNTED = 100_000;

/** An alert, and what its life cycle has to know of the evaluations so far. */
export interface Entry {
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
  /** Its severity then: a level is held, and falls, on the way to recovery. */
  reasonSeverity: Severity;
}

/** The alerts that are active or retained: at most one for each rule and entity. */
export class AlertEntries {
  readonly #entries = new Map<string, Map<string, Entry>>();
  readonly #occurrences = new Map<string, number>();
  /** Those that are over, the ones that ended first first. */
  readonly #ended = new Set<Entry>();
  #listed: readonly Alert[] | undefined = [];
  #lastId = 0;

  get(rule: string, entity: string): Entry | undefined {
    return this.#entries.get(rule)?.get(entity);
  }

  *all(): Generator<Entry> {
    for (const ofRule of this.#entries.values()) yield* ofRule.values();
  }

  /** An alert was resolved or has expired: it is kept for a while. */
  ended(entry: Entry, alert: Alert): void {
    entry.alert = alert;
    this.#ended.add(entry);
    this.changed();
  }

  /** A new occurrence, in the place of an earlier one. */
  begin(
    now: number,
    { rule, entity, hold, labels: own, annotations }: RuleInstance,
    breach: Breach,
    labelsOf: (entity: string) => Labels,
  ): Entry {
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
        labels: { ...labelsOf(entity), ...identity },
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
      round: 0,
      highest: breach.severity,
      keepFiringMs: hold.keepFiringMs ?? 0,
      reason: breach.message,
      reasonSeverity: breach.severity,
    };
    const ofRule = this.#entries.get(rule) ?? new Map<string, Entry>();
    this.#ended.delete(ofRule.get(entity)!);
    this.#entries.set(rule, ofRule.set(entity, entry));
    this.changed();
    return entry;
  }

  /** Counts an occurrence. One that was only pending is none. */
  fired({ fingerprint, occurrences }: Alert): void {
    this.#occurrences.delete(fingerprint);
    this.#occurrences.set(fingerprint, occurrences);
    if (this.#occurrences.size <= COUNTED) return;
    for (const oldest of this.#occurrences.keys()) {
      this.#occurrences.delete(oldest);
      return;
    }
  }

  delete(entry: Entry): void {
    const { rule, entity } = entry.alert;
    this.#entries.get(rule)?.delete(entity);
    this.#ended.delete(entry);
    this.changed();
  }

  /** An alert was replaced. */
  changed(): void {
    this.#listed = undefined;
  }

  /** See AlertLifecycle.alerts. */
  listed(): readonly Alert[] {
    if (this.#listed === undefined) {
      const newestFirst = Array.from(this.all(), ({ alert }) => alert).sort((a, b) => b.id - a.id);
      this.#listed = [...newestFirst.filter(isActive), ...newestFirst.filter((alert) => !isActive(alert))];
    }
    return this.#listed;
  }

  /** Drops what was resolved long ago. */
  forget(now: number): void {
    for (const entry of this.#ended) {
      const isOld = now - entry.alert.resolvedAt! > RESOLVED_KEPT_MS;
      if (!isOld && this.#ended.size <= RESOLVED_KEPT_COUNT) return;
      this.delete(entry);
    }
  }
}

export function isActive({ state }: Alert): boolean {
  return state === "pending" || state === "firing";
}

/** A rule with other labels is the same rule, but its alerts are others. */
export function hasLabels(entry: Pick<Entry, "labels">, own: Labels | undefined): boolean {
  if (entry.labels === own) return true;
  if (fingerprintOf(entry.labels ?? {}) !== fingerprintOf(own ?? {})) return false;
  entry.labels = own;
  return true;
}
