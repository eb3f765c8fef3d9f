import type { LifeSign, LifeSignState } from "../../core/observation.ts";

const NEVER = Number.NEGATIVE_INFINITY;

/** The entity that a sign of life belongs to. */
export interface LifeSignOwner {
  /** @returns the time an observation counts as, ms since the epoch; NaN when it is dropped */
  place(at: number): number;
  /** The entity is observed. @returns false when it was removed */
  observed(at: number): boolean;
}

class KeptLifeSign implements LifeSign {
  /** Whether it was ever seen or missed. */
  known = false;
  lastSeenAt = NEVER;
  private readonly owner: LifeSignOwner;

  constructor(owner: LifeSignOwner) {
    this.owner = owner;
  }

  seen(at: number): void {
    const when = this.owner.place(at);
    if (Number.isNaN(when) || !this.owner.observed(when)) return;
    this.known = true;
    if (when > this.lastSeenAt) this.lastSeenAt = when;
  }

  missed(at: number): void {
    if (!Number.isNaN(this.owner.place(at))) this.known = true;
  }
}

/** The signs of life of one entity. */
export class LifeSigns {
  private readonly signs = new Map<string, KeptLifeSign>();
  private readonly owner: LifeSignOwner;

  constructor(owner: LifeSignOwner) {
    this.owner = owner;
  }

  handle(name: string): LifeSign {
    let sign = this.signs.get(name);
    if (sign === undefined) {
      sign = new KeptLifeSign(this.owner);
      this.signs.set(name, sign);
    }
    return sign;
  }

  states(): readonly LifeSignState[] {
    const states: LifeSignState[] = [];
    for (const [name, { known, lastSeenAt }] of this.signs) {
      if (known) states.push({ name, lastSeenAt: lastSeenAt === NEVER ? undefined : lastSeenAt });
    }
    return states;
  }

  /** Forgets what was seen; handles stay valid. */
  clear(): void {
    for (const sign of this.signs.values()) {
      sign.known = false;
      sign.lastSeenAt = NEVER;
    }
  }
}
