import type { Alert } from "../core/alert.ts";

/**
 * What happened to an alert:
 * - `pending`: its breach began and must hold; `gone`: the breach ended before it fired
 * - `fired`, `escalated` (its severity rose above any before, while firing), `resolved`
 * - `expired`: its rule or entity was removed while it was firing
 * - `acknowledged`, `unacknowledged`, `silenced`, `unsilenced`: its marks changed
 * - `flapping`, `steady`: it starts to change between firing and resolved too often, or stops
 * - `suppressed`, `unsuppressed`: an incident explains it as a symptom, or does not any more
 */
export type TransitionType =
  | "pending"
  | "gone"
  | "fired"
  | "escalated"
  | "resolved"
  | "expired"
  | "acknowledged"
  | "unacknowledged"
  | "silenced"
  | "unsilenced"
  | "suppressed"
  | "unsuppressed"
  | "flapping"
  | "steady";

/** Who caused what the monitor itself did. */
export const MONITOR = "monitor";

export interface Transition {
  /** Rises by one with each transition; readers of the log continue after the last one they have read. */
  readonly sequence: number;
  /** ms since the epoch */
  readonly at: number;
  readonly type: TransitionType;
  /** The state before; `inactive` for a new alert. */
  readonly from: Alert["state"] | "inactive";
  readonly to: Alert["state"] | "inactive";
  /** A short reason: "held for 30s", "recovered", "rule removed". */
  readonly reason: string;
  /** The name of the operator, or MONITOR. */
  readonly actor: string;
  /** The alert after the transition; for `gone`, as it was. */
  readonly alert: Alert;
}

/** So many transitions are kept. */
const KEPT = 20_000;

/**
 * Every transition of every alert, in order, in bounded memory. Appending only stores: the event log, past
 * screens, incidents, statistics and notification read it afterwards.
 */
export class TransitionLog {
  #transitions: Transition[] = [];
  #sequence = 0;
  readonly #kept: number;

  constructor(kept = KEPT) {
    this.#kept = kept;
  }

  append(transition: Omit<Transition, "sequence">): Transition {
    this.#sequence += 1;
    const appended = { ...transition, sequence: this.#sequence };
    this.#transitions.push(appended);
    // Trimmed in large steps, because shifting the array on each transition would be slow.
    if (this.#transitions.length >= 2 * this.#kept) {
      this.#transitions = this.#transitions.slice(-this.#kept);
    }
    return appended;
  }

  /** The transitions after a sequence number, oldest first. 0: all that are kept. */
  after(sequence: number): readonly Transition[] {
    const first = this.#transitions[0]?.sequence ?? this.#sequence + 1;
    return this.#transitions.slice(Math.max(0, sequence + 1 - first));
  }

  /** How many are kept. */
  get size(): number {
    return this.#transitions.length;
  }

  /** How many were dropped because there was no room. */
  get dropped(): number {
    return this.#sequence - this.#transitions.length;
  }

  get sequence(): number {
    return this.#sequence;
  }
}
