import type { Effects } from "../core/effects.ts";

/** One kind of deliberate fault: what it is called, how strong it can be, and what it does. */
export interface FaultKind {
  readonly kind: string;
  /** The letter that chooses it in the fault menu. Never `j`, `k`, `g`, `q` or `x`: those mean other things. */
  readonly key: string;
  readonly title: string;
  /** One sentence for the menu and for `describe`. */
  readonly description: string;
  /** What an intensity is measured in: "ms", "%", "x", "s". */
  readonly unit: string;
  /** The intensities that `+` and `-` step through, rising. A kind that is all or nothing has one. */
  readonly levels: readonly number[];
  readonly defaultLevel: number;
  /** How long it lasts unless told otherwise, ms. */
  readonly defaultTtlMs: number;
  /** The fault in a few words: "latency +800 ms". */
  label(intensity: number): string;
  /** Adds this fault to what others have already done. `elapsedMs` is the time since its injection. */
  apply(effects: Effects, intensity: number, elapsedMs: number): void;
}

/** A fault at work on a service. Times are ms since the epoch. */
export interface ActiveFault {
  readonly id: number;
  readonly service: string;
  readonly kind: string;
  readonly intensity: number;
  readonly startedAt: number;
  /** When it ends by itself. */
  readonly endsAt: number;
}
