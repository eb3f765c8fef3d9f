import type { LifeSign, LifeSignState } from "../../core/observation.ts";

/** The entity that a sign of life belongs to. */
export interface LifeSignOwner {
  /** @returns the time an observation counts as, ms since the epoch; NaN when it is dropped */
  place(at: number): number;
  /** The entity is observed. @returns false when it was removed */
  observed(at: number): boolean;
}

class KeptLifeSign implements LifeSign, LifeSignState {
  readonly name: string;
  lastSeenAt: number | undefined;
  /** Whether it was ever seen or missed. */
  known = false;
  private readonly owner: LifeSignOwner;
  private readonly onKnown: () => void;

  constructor(name: string, owner: LifeSignOwner, onKnown: () => void) {
    this.name = name;
    this.owner = owner;
    this.onKnown = onKnown;
  }

  seen(at: number): void {
    const when = this.owner.place(at);
    if (Number.isNaN(when) || !this.owner.observed(when)) return;
    this.expect();
    if (this.lastSeenAt === undefined || when > this.lastSeenAt) this.lastSeenAt = when;
  }

  missed(at: number): void {
    if (!Number.isNaN(this.owner.place(at))) this.expect();
  }

  private expect(): void {
    if (this.known) return;
    this.known = true;
    this.onKnown();
  }
}

/** The signs of life of one entity. */
export class LifeSigns {
  private readonly signs = new Map<string, KeptLifeSign>();
  private readonly owner: LifeSignOwner;
  /** Those that are known; undefined when that has changed. */
  private listed: readonly LifeSignState[] | undefined;

  constructor(owner: LifeSignOwner) {
    this.owner = owner;
  }

  handle(name: string): LifeSign {
    let sign = this.signs.get(name);
    if (sign === undefined) {
      sign = new KeptLifeSign(name, this.owner, () => {
        this.listed = undefined;
      });
      this.signs.set(name, sign);
    }
    return sign;
  }

  /** As they are now: they change as more is recorded. */
  states(): readonly LifeSignState[] {
    this.listed ??= [...this.signs.values()].filter(({ known }) => known);
    return this.listed;
  }

  /** Forgets what was seen; handles stay valid. */
  clear(): void {
    for (const sign of this.signs.values()) {
      sign.known = false;
      sign.lastSeenAt = undefined;
    }
    this.listed = undefined;
  }
}
