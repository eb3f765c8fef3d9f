import { LimitJudge } from "../measures/limit-judge.ts";

/** The judges of one rule, one for each entity that it judges by limits of its own. */
export class RuleJudges {
  readonly #judges = new Map<string, LimitJudge>();

  of(entity: string): LimitJudge {
    const known = this.#judges.get(entity);
    if (known !== undefined) return known;
    const judge = new LimitJudge();
    this.#judges.set(entity, judge);
    return judge;
  }

  /** Forgets entities that are gone. */
  retain(entities: ReadonlySet<string>): void {
    for (const entity of this.#judges.keys()) if (!entities.has(entity)) this.#judges.delete(entity);
  }

  get size(): number {
    return this.#judges.size;
  }
}
