import { AlertEngine, type EngineContext } from "../../src/alerts/engine.ts";
import type { RuleInstance } from "../../src/alerts/evaluate.ts";
import { fingerprintOf } from "../../src/alerts/fingerprint.ts";
import type { Severity } from "../../src/core/alert.ts";

/** The real engine of alerts, fed by hand: what is in breach stays so until it is taken back. */
export class Alarms {
  readonly engine = new AlertEngine();
  readonly #breaches = new Map<string, RuleInstance>();
  readonly #removed = new Set<string>();

  breach(entity: string, severity: Severity = "critical", rule = "HIGH_LATENCY"): string {
    this.#breaches.set(`${rule} ${entity}`, {
      rule,
      entity,
      breach: { severity, message: `${entity}: too slow`, measure: "p99" },
      hold: { ticks: 1, ms: 0 },
    });
    return this.fingerprint(entity, rule);
  }

  recover(entity: string, rule = "HIGH_LATENCY"): void {
    this.#breaches.delete(`${rule} ${entity}`);
  }

  /** The entity is removed from the config. */
  remove(entity: string): void {
    this.#removed.add(entity);
    for (const [key, instance] of this.#breaches) if (instance.entity === entity) this.#breaches.delete(key);
  }

  evaluate(now: number): void {
    this.engine.evaluate(now, this.#breaches.values(), this.#context);
  }

  fingerprint(entity: string, rule = "HIGH_LATENCY"): string {
    return fingerprintOf({ alertname: rule, entity });
  }

  /** What a monitor hands to a notifier. */
  observed(at: number) {
    const { log } = this.engine;
    return {
      at,
      log,
      alerts: this.engine.alerts(),
      incidents: this.engine.incidents(),
      isOver: (fingerprint: string) =>
        this.engine
          .alerts()
          .every((alert) => alert.fingerprint !== fingerprint || alert.state === "resolved"),
    };
  }

  readonly #context: EngineContext = {
    whyExpired: (_, entity) => (this.#removed.has(entity) ? "entity removed" : undefined),
    whyFrozen: () => undefined,
    labelsOf: () => ({ kind: "service" }),
  };
}
