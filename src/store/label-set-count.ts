/** Each entity may have so many labelled series, and all entities together so many. */
export const LABEL_SETS_PER_ENTITY = 200;
export const LABEL_SETS = 2000;
/** Of the label sets that found no room, so many are remembered by name. */
const EXAMPLES = 5;

/** The labelled series of all entities, and those that found no room. */
export class LabelSetCount {
  kept = 0;
  /** Observations that counted for their entity alone because there was no room for their labels. */
  dropped = 0;
  /** Some of those label sets. */
  readonly examples: string[] = [];

  /** @param ofEntity how many the entity already has */
  hasRoom(ofEntity: number): boolean {
    return ofEntity < LABEL_SETS_PER_ENTITY && this.kept < LABEL_SETS;
  }

  drop(entity: string, key: string): void {
    this.dropped += 1;
    if (this.examples.length >= EXAMPLES) return;
    const name = `${entity} ${key}`;
    if (!this.examples.includes(name)) this.examples.push(name);
  }
}
