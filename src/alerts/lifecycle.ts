import { type Alert, SEVERITIES, type Severity } from "../core/alert.ts";
import type { RuleInstance } from "./evaluate.ts";
import type { Breach, Hold } from "./types.ts";

/** How long a resolved alert is kept, ms (the same as Prometheus, rules/alerting.go). */
export const RESOLVED_KEPT_MS = 15 * 60_000;

/** Limits the memory that a flapping alert can use: the oldest resolved alerts are dropped first. */
export const RESOLVED_KEPT_COUNT = 500;

/**
 * A transition in the life cycle of an alert. `pending`: it started and must hold; `gone`: it ended before
 * it fired; `escalated`: its severity rose while firing.
 */
export interface Transition {
  readonly type: "pending" | "fired" | "escalated" | "resolved" | "gone";
  /** The state after the transition; for `gone`, the last state. */
  readonly alert: Alert;
}

export interface AlertLifecycle {
  /**
   * Applies the results of all rules at `now` (ms since the epoch, never decreasing), each pair of rule and
   * entity once. An alert whose pair is not among the instances ends: its entity or its rule was removed.
   */
  evaluate(now: number, instances: Iterable<RuleInstance>): readonly Transition[];
  /** The monitor did not run for so long, ms: this time does not count towards the hold of pending alerts. */
  notObserved(ms: number): void;
  /**
   * Pending and firing alerts first, then resolved ones, each group newest first. Returns the same array of
   * the same objects until something changes.
   */
  alerts(): readonly Alert[];
}

interface Live {
  alert: Alert;
  /** Consecutive evaluations in which the condition held. */
  ticks: number;
  /** How long nothing was observed since it started, ms. */
  unobservedMs: number;
  /** The newest message of a limit that was really crossed: why it fired, also after it recovered. */
  reason: string;
  /** The evaluation that last included it. */
  round: number;
}

/**
 * The life cycle of alerts, with the semantics of Prometheus (rules/alerting.go):
 * a breach is pending from the first evaluation that finds it, fires once its hold is met (immediately
 * without one), and is resolved when it ends after firing. Rule and entity identify an alert; its severity
 * and message may change.
 */
export function createAlertLifecycle(): AlertLifecycle {
  const live = new Map<string, Map<string, Live>>();
  let resolved: Alert[] = [];
  let listed: readonly Alert[] | undefined = [];
  let lastId = 0;
  let round = 0;

  function begin(now: number, rule: string, entity: string, breach: Breach): Live {
    lastId += 1;
    const entry: Live = {
      alert: {
        id: lastId,
        rule,
        entity,
        severity: breach.severity,
        state: "pending",
        message: breach.message,
        measure: breach.measure,
        startedAt: now,
        firedAt: undefined,
        resolvedAt: undefined,
      },
      reason: breach.message,
      ticks: 0,
      unobservedMs: 0,
      round,
    };
    const ofRule = live.get(rule) ?? new Map<string, Live>();
    live.set(rule, ofRule.set(entity, entry));
    listed = undefined;
    return entry;
  }

  /** The condition holds: refreshes the alert, and fires it once its hold is met. */
  function hold(now: number, entry: Live, breach: Breach, required: Hold): Transition["type"] | undefined {
    const { alert } = entry;
    entry.ticks += 1;
    if (!breach.isHeld) entry.reason = breach.message;
    const heldMs = now - alert.startedAt - entry.unobservedMs;
    const met = entry.ticks >= required.ticks && heldMs >= required.ms;
    const fires = alert.state === "pending" && met;
    const escalates = rank(breach.severity) > rank(alert.severity);
    if (fires || breach.severity !== alert.severity || breach.message !== alert.message) {
      entry.alert = {
        ...alert,
        severity: breach.severity,
        message: breach.message,
        state: fires ? "firing" : alert.state,
        firedAt: fires ? now : alert.firedAt,
      };
      listed = undefined;
    }
    if (fires) return "fired";
    return escalates && alert.state === "firing" ? "escalated" : undefined;
  }

  /** The condition ended, or its rule or entity was removed. */
  function end(now: number, { alert, reason }: Live): Transition {
    live.get(alert.rule)?.delete(alert.entity);
    listed = undefined;
    if (alert.state === "pending") return { type: "gone", alert };
    const ended: Alert = { ...alert, message: reason, state: "resolved", resolvedAt: now };
    resolved.push(ended);
    return { type: "resolved", alert: ended };
  }

  function forget(now: number): void {
    const tooOld = (alert: Alert) => now - (alert.resolvedAt ?? now) > RESOLVED_KEPT_MS;
    const surplus = resolved.length - RESOLVED_KEPT_COUNT;
    // Ordered by resolution time, so the first is the oldest.
    if (surplus <= 0 && !(resolved[0] && tooOld(resolved[0]))) return;
    resolved = resolved.slice(Math.max(0, surplus)).filter((alert) => !tooOld(alert));
    listed = undefined;
  }

  return {
    evaluate(now, instances) {
      round += 1;
      const transitions: Transition[] = [];
      for (const { rule, entity, breach, hold: required, failed } of instances) {
        const known = live.get(rule)?.get(entity);
        if (known) known.round = round;
        if (failed) continue;
        if (breach) {
          const entry = known ?? begin(now, rule, entity, breach);
          const type = hold(now, entry, breach, required) ?? (known ? undefined : "pending");
          if (type) transitions.push({ type, alert: entry.alert });
        } else if (known) {
          transitions.push(end(now, known));
        }
      }
      for (const entry of [...live.values()].flatMap((ofRule) => [...ofRule.values()])) {
        if (entry.round !== round) transitions.push(end(now, entry));
      }
      forget(now);
      return transitions;
    },

    notObserved(ms) {
      for (const ofRule of live.values()) for (const entry of ofRule.values()) entry.unobservedMs += ms;
    },

    alerts() {
      const active = () => [...live.values()].flatMap((ofRule) => [...ofRule.values()].map((e) => e.alert));
      listed ??= [...active().sort(newestFirst), ...[...resolved].sort(newestFirst)];
      return listed;
    },
  };
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** Ids increase in the order in which alerts start. */
function newestFirst(a: Alert, b: Alert): number {
  return b.id - a.id;
}
