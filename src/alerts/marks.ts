import { type Alert, type AlertMarks, NO_MARKS } from "../core/alert.ts";
import type { TransitionType } from "./transition-log.ts";

const RETAIN_EVERY_MS = 60_000;

/** What is said about alerts, by fingerprint. An alert without marks takes no memory. */
export class Marks {
  readonly #marks = new Map<string, AlertMarks>();
  #retainAt = Number.NEGATIVE_INFINITY;

  of(fingerprint: string): AlertMarks {
    return this.#marks.get(fingerprint) ?? NO_MARKS;
  }

  /** @returns true if something changed */
  set(fingerprint: string, change: Partial<AlertMarks>): boolean {
    const before = this.of(fingerprint);
    const after = { ...before, ...change };
    if (isSame(before, after)) return false;
    if (isSame(after, NO_MARKS)) this.#marks.delete(fingerprint);
    else this.#marks.set(fingerprint, after);
    return true;
  }

  /** An alert with its marks; the same object if it has none. */
  on(alert: Alert): Alert {
    const marks = this.#marks.get(alert.fingerprint);
    return marks === undefined ? alert : { ...alert, ...marks };
  }

  /** Forgets alerts that are no longer kept, now and then. @param now ms since the epoch */
  retain(now: number, alerts: readonly Alert[]): void {
    if (now < this.#retainAt) return;
    this.#retainAt = now + RETAIN_EVERY_MS;
    const kept = new Set(alerts.map(({ fingerprint }) => fingerprint));
    for (const fingerprint of this.#marks.keys()) if (!kept.has(fingerprint)) this.#marks.delete(fingerprint);
  }

  get size(): number {
    return this.#marks.size;
  }
}

/** The transitions that a change of marks makes. */
export function markTransitions(before: AlertMarks, after: AlertMarks): TransitionType[] {
  const types: TransitionType[] = [];
  const changed = (key: keyof AlertMarks, on: TransitionType, off: TransitionType) => {
    const [was, is] = [isOn(before[key]), isOn(after[key])];
    if (was !== is) types.push(is ? on : off);
  };
  changed("acknowledged", "acknowledged", "unacknowledged");
  changed("silencedBy", "silenced", "unsilenced");
  changed("suppressedBy", "suppressed", "unsuppressed");
  changed("flapping", "flapping", "steady");
  return types;
}

function isOn(mark: AlertMarks[keyof AlertMarks]): boolean {
  return mark !== undefined && mark !== false;
}

function isSame(a: AlertMarks, b: AlertMarks): boolean {
  return (Object.keys(NO_MARKS) as (keyof AlertMarks)[]).every((key) => a[key] === b[key]);
}
