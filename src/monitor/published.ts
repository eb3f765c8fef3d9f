import type { EntityKind } from "../core/entity.ts";
import type { Measure, Values } from "../core/measure.ts";
import { publishedMeasures, publishedOfFleet } from "../measures/published.ts";
import type { EntityReading } from "../measures/reading.ts";
import { FLEET, type Store, TIERS, type WorstHandle } from "../store/index.ts";
import { TICKS } from "./types.ts";

/** The published measures of one entity and where they are recorded. */
interface Recorded {
  readonly entity: string;
  readonly kind: EntityKind;
  readonly measures: readonly Measure[];
  readonly handles: readonly WorstHandle[];
}

/** The measures of the fleet over the window that ends at an instant. */
export type FleetValues = (kind: EntityKind, at: number) => Values;

/**
 * Records the values of each tick as they are published, so that charts of any zoom and age show what the table
 * showed and what health was judged by.
 */
export class PublishedValues {
  readonly #store: Store;
  readonly #fleetValues: FleetValues;
  readonly #fleet: readonly { readonly kind: EntityKind; readonly measures: readonly Measure[] }[];
  #recorded = new Map<string, Recorded>();
  /** In the order of the newest readings: usually the same again. */
  #inOrder: Recorded[] = [];
  #fleetUntil = Number.NEGATIVE_INFINITY;

  constructor(store: Store, kinds: Iterable<EntityKind>, fleetValues: FleetValues) {
    this.#store = store;
    this.#fleetValues = fleetValues;
    this.#fleet = [...kinds]
      .map((kind) => ({ kind, measures: publishedOfFleet(kind) }))
      .filter(({ measures }) => measures.length > 0);
  }

  /** @param now the instant at which these readings are published, ms since the epoch */
  record(readings: readonly EntityReading[], now: number): void {
    for (let nth = 0; nth < readings.length; nth++) {
      const reading = readings[nth]!;
      const last = this.#inOrder[nth];
      let known = last?.entity === reading.entity ? last : this.#recorded.get(reading.entity);
      // The store forgets an entity that was removed, expired, or replaced by one of another kind.
      if (known === undefined || known.kind !== reading.kind || known.handles[0]?.kept === false)
        known = this.#begin(reading.entity, reading.kind);
      if (known !== last) this.#inOrder[nth] = known;
      noteAll(known, reading.values, now);
    }
    this.#inOrder.length = readings.length;
    if (this.#recorded.size > readings.length) this.#forgetAllBut(readings);
    this.#store.publish(FLEET, TICKS, "high").note(now, 1, 1);
    this.#recordFleet(now);
  }

  #begin(entity: string, kind: EntityKind): Recorded {
    const recorded = this.#handles(entity, kind, publishedMeasures(kind));
    this.#recorded.set(entity, recorded);
    return recorded;
  }

  #handles(entity: string, kind: EntityKind, measures: readonly Measure[]): Recorded {
    const handles = measures.map(({ id, worse }) =>
      this.#store.publish(entity, id, worse === "down" ? "low" : "high"),
    );
    return { entity, kind, measures, handles };
  }

  #forgetAllBut(readings: readonly EntityReading[]): void {
    const names = new Set(readings.map(({ entity }) => entity));
    this.#recorded = new Map([...this.#recorded].filter(([name]) => names.has(name)));
  }

  /**
   * Once per closed slot of the store, over the window that ends with it: what is still open would have to be
   * merged from all entities.
   */
  #recordFleet(now: number): void {
    const { slotMs } = TIERS[0]!;
    const closed = (Math.ceil(now / slotMs) - 1) * slotMs;
    if (closed <= this.#fleetUntil) return;
    this.#fleetUntil = closed;
    for (const { kind, measures } of this.#fleet) {
      if (!measures.some(({ read }) => read.type === "statistic" && this.#store.find(FLEET, read.metric)))
        continue;
      noteAll(this.#handles(FLEET, kind, measures), this.#fleetValues(kind, closed), now);
    }
  }
}

function noteAll({ measures, handles }: Recorded, values: Values, now: number): void {
  for (let nth = 0; nth < measures.length; nth++) {
    const { id, samples } = measures[nth]!;
    const count = samples === undefined ? Number.POSITIVE_INFINITY : values[samples]!;
    handles[nth]!.note(now, values[id]!, count);
  }
}
