import type { AlertEngine } from "../alerts/engine.ts";
import type { TransitionLog } from "../alerts/transition-log.ts";
import type { Config } from "../config/types.ts";
import type { Alert } from "../core/alert.ts";
import type { Incident } from "../core/incident.ts";
import type { NotificationSnapshot } from "../core/notification.ts";
import type { Alerting } from "./alerting.ts";
import type { EventLog } from "./event-log.ts";

/** Tells people about alerts. Part of live monitors only; see notify/notifier.ts. */
export interface AlertNotifier {
  /** Reads what is new. Returns at once: nothing is sent or written in it. */
  observe(observed: ObservedAlerts): void;
  configure(config: Config): void;
  /** Undefined without a `notify` section. The same object until something changes. */
  snapshot(): NotificationSnapshot | undefined;
  /** @returns a sentence @throws RangeError with why not */
  testChannel(channel: string, by: string): string;
  /** @param key that of its notification @returns a sentence @throws RangeError with why not */
  retryDelivery(key: string): string;
}

/** The alerts after a tick or a command. */
export interface ObservedAlerts {
  /** ms since the epoch */
  readonly at: number;
  readonly log: TransitionLog;
  readonly alerts: readonly Alert[];
  readonly incidents: readonly Incident[];
  /** Whether an alert that fired in an earlier run is over; undefined: it is not known. */
  isOver(fingerprint: string, rule: string, entity: string): boolean | undefined;
}

/** Hands alerts to the notifier. A failure of it never stops a tick. */
export class Notifying {
  readonly #notifier: AlertNotifier | undefined;
  readonly #alerts: AlertEngine;
  readonly #alerting: Alerting;
  readonly #events: EventLog;
  #problem: string | undefined;

  constructor(
    notifier: AlertNotifier | undefined,
    alerts: AlertEngine,
    alerting: Alerting,
    events: EventLog,
  ) {
    this.#notifier = notifier;
    this.#alerts = alerts;
    this.#alerting = alerting;
    this.#events = events;
  }

  get snapshot(): NotificationSnapshot | undefined {
    return this.#notifier?.snapshot();
  }

  observe(at: number): void {
    if (this.#notifier === undefined) return;
    const alerts = this.#alerts.alerts();
    try {
      this.#notifier.observe({
        at,
        log: this.#alerts.log,
        alerts,
        incidents: this.#alerts.incidents(),
        isOver: (fingerprint, rule, entity) => {
          if (!this.#alerting.isJudged(rule, entity)) return undefined;
          const alert = alerts.find((each) => each.fingerprint === fingerprint);
          return alert === undefined || alert.state === "resolved";
        },
      });
    } catch (error) {
      const problem = `notification failed: ${error instanceof Error ? error.message : String(error)}`;
      if (problem !== this.#problem) this.#events.add(at, "monitor", undefined, problem, "degraded");
      this.#problem = problem;
    }
  }

  configure(config: Config): void {
    this.#notifier?.configure(config);
  }

  /** The deliveries of things that had happened by a past instant, ms since the epoch. */
  snapshotAt(at: number): NotificationSnapshot | undefined {
    const newest = this.snapshot;
    return (
      newest && {
        ...newest,
        deliveries: newest.deliveries.filter((each) => each.notification.createdAt <= at),
      }
    );
  }
}
