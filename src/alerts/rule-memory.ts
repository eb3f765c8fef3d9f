/**
 * What one rule remembers of each entity from one evaluation to the next, such as that a value has not recovered yet.
 * Every rule kind has one type of state. Entities that are gone are forgotten.
 */
export class RuleMemory {
  readonly #states = new Map<string, object>();

  /** The state of an entity, created on first use. */
  of<State extends object>(entity: string, create: () => State): State {
    const known = this.#states.get(entity);
    if (known !== undefined) return known as State;
    const state = create();
    this.#states.set(entity, state);
    return state;
  }

  /** Undefined where nothing is remembered. */
  get<State extends object>(entity: string): State | undefined {
    return this.#states.get(entity) as State | undefined;
  }

  forget(entity: string): void {
    this.#states.delete(entity);
  }

  /** Forgets all other entities. */
  retain(entities: ReadonlySet<string>): void {
    for (const entity of this.#states.keys()) if (!entities.has(entity)) this.#states.delete(entity);
  }

  /** The number of entities of which something is remembered. */
  get size(): number {
    return this.#states.size;
  }
}
