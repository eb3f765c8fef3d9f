import type { Labels } from "../core/metric.ts";
import { type Entry, hasLabels } from "./alert-entries.ts";
import type { RuleInstance } from "./evaluate.ts";

/** A condition whose alert was closed by hand, and the newest evaluation that found it. */
interface Closed {
  readonly rule: string;
  readonly entity: string;
  labels: Labels | undefined;
  round: number;
}

/** Conditions that go on although their alert was closed by hand: they make no new alert until they have ended. */
export class ClosedAlerts {
  readonly #closed = new Map<string, Closed>();

  add({ alert: { rule, entity }, labels, round }: Entry): void {
    this.#closed.set(keyOf(rule, entity), { rule, entity, labels, round });
  }

  /** Whether an instance is of such a condition, in the evaluation with the number `round`. */
  covers(instance: RuleInstance, round: number): boolean {
    if (this.#closed.size === 0) return false;
    const key = keyOf(instance.rule, instance.entity);
    const closed = this.#closed.get(key);
    if (closed === undefined) return false;
    const hasEnded = instance.failed !== true && instance.breach === undefined;
    if (hasEnded || !hasLabels(closed, instance.labels)) {
      this.#closed.delete(key);
      return false;
    }
    closed.round = round;
    return true;
  }

  /** What an evaluation did not find has ended, unless nothing is known about it. */
  endOthers(
    round: number,
    { whyFrozen }: { whyFrozen(rule: string, entity: string): string | undefined },
  ): void {
    for (const [key, { rule, entity, round: newest }] of this.#closed) {
      if (newest !== round && whyFrozen(rule, entity) === undefined) this.#closed.delete(key);
    }
  }
}

function keyOf(rule: string, entity: string): string {
  return `${rule}\n${entity}`;
}
