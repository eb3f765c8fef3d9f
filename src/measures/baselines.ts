import type { EntityKind } from "../core/entity.ts";
import type { Values } from "../core/measure.ts";

/** The baseline is that of the last 10 min, known after 2 min. */
const SPAN_MS = 600_000;
const LEAST_SPAN_MS = 120_000;
/** A value of the window is taken this often, ms, but at most once per window. */
const SAMPLE_MS = 15_000;
/** So many changes of a usual value are kept: those of 16 min at least. */
const KEPT_CHANGES = 64;
/** After so long in trouble without a break the new state is taken for the usual one, ms. */
const FROZEN_AT_MOST_MS = 3_600_000;

/** A measure with a baseline, and the measures that are relative to it. */
interface Followed {
  readonly measure: string;
  readonly usual: string;
  readonly relatives: readonly { readonly id: string; readonly floor: number }[];
}

/**
 * What some measures of one entity usually are: the median of their values over the last 10 minutes, one value per
 * window, so that a short spike counts little. It reads no history: a value at an instant costs nothing more.
 *
 * A value joins the baseline one window after it was taken and only if the entity has stayed healthy in between, so
 * that the beginning of a fault does not. While the entity is in trouble the baseline is frozen: a long fault does not
 * become normal, for an hour at most.
 */
export class Baselines {
  readonly #kind: EntityKind;
  readonly #windowMs: number;
  readonly #periodMs: number;
  /** The samples of entities are spread over time: not all in one tick. */
  readonly #phaseMs: number;
  readonly #samples: readonly BaselineSamples[];
  #nextAt: number | undefined;
  #healthyAt: number | undefined;

  constructor(kind: EntityKind, entity: string, windowMs: number, followed: readonly Followed[]) {
    this.#kind = kind;
    this.#windowMs = windowMs;
    this.#periodMs = Math.max(SAMPLE_MS, windowMs);
    this.#phaseMs = phaseOf(entity) * this.#periodMs;
    const most = Math.max(2, Math.round(SPAN_MS / this.#periodMs));
    const least = Math.min(most, Math.ceil(LEAST_SPAN_MS / this.#periodMs));
    this.#samples = followed.map((each) => new BaselineSamples(each, most, least));
  }

  /** Whether these are still the baselines of an entity after its config changed. */
  isFor(kind: EntityKind, windowMs: number): boolean {
    return kind === this.#kind && windowMs === this.#windowMs;
  }

  /**
   * Adds the usual and the relative values to the values of an instant, and takes them into account.
   * @param isHealthy whether the entity was healthy at the previous evaluation
   */
  follow(values: Values, at: number, isHealthy: boolean): void {
    this.#nextAt ??= at + this.#phaseMs;
    if (isHealthy || this.#healthyAt === undefined) this.#healthyAt = at;
    const isFrozen = !isHealthy && at - this.#healthyAt < FROZEN_AT_MOST_MS;
    const isDue = at >= this.#nextAt;
    if (isDue) this.#nextAt = at + this.#periodMs;
    for (const samples of this.#samples) {
      // Until there is a baseline, an entity may be in trouble for other reasons all the time.
      if (isFrozen && samples.isKnown) samples.dropPending();
      else if (isDue) samples.take(values);
      samples.fill(values as Record<string, number>, at);
    }
  }

  /** Adds the usual and relative values of a past instant to its values; NaN where they are not kept any more. */
  recall(values: Values, at: number): void {
    for (const samples of this.#samples) samples.recall(values as Record<string, number>, at);
  }
}

/** The samples of one measure. */
class BaselineSamples {
  readonly #followed: Followed;
  readonly #ring: Float64Array;
  readonly #least: number;
  /** Its changes, for past instants. */
  readonly #past: { readonly from: number; readonly usual: number }[] = [];
  #count = 0;
  #next = 0;
  #pending = Number.NaN;
  #usual = Number.NaN;

  constructor(followed: Followed, most: number, least: number) {
    this.#followed = followed;
    this.#ring = new Float64Array(most);
    this.#least = least;
  }

  get isKnown(): boolean {
    return !Number.isNaN(this.#usual);
  }

  /** Accepts the value that was taken before, and takes the present one. */
  take(values: Values): void {
    const value = this.#pending;
    this.#pending = values[this.#followed.measure] ?? Number.NaN;
    if (Number.isNaN(value)) return;
    this.#ring[this.#next] = value;
    this.#next = (this.#next + 1) % this.#ring.length;
    this.#count = Math.min(this.#count + 1, this.#ring.length);
    if (this.#count >= this.#least) this.#usual = medianOf(this.#ring.slice(0, this.#count));
  }

  dropPending(): void {
    this.#pending = Number.NaN;
  }

  fill(values: Record<string, number>, at: number): void {
    if (!Object.is(this.#usual, this.#past.at(-1)?.usual ?? Number.NaN)) {
      this.#past.push({ from: at, usual: this.#usual });
      if (this.#past.length > KEPT_CHANGES) this.#past.shift();
    }
    this.#write(values, this.#usual);
  }

  recall(values: Record<string, number>, at: number): void {
    this.#write(values, this.#past.findLast(({ from }) => from <= at)?.usual ?? Number.NaN);
  }

  #write(values: Record<string, number>, usual: number): void {
    const { measure, usual: id, relatives } = this.#followed;
    values[id] = usual;
    for (const { id: relative, floor } of relatives)
      values[relative] = values[measure]! / Math.max(usual, floor);
  }
}

/** Undefined where no measure of the kind reads a usual value. */
export function createBaselines(kind: EntityKind, entity: string, windowMs: number): Baselines | undefined {
  const followed = kind.measures.flatMap(({ id: usual, read }): Followed[] => {
    if (read.type !== "usual") return [];
    const relatives = kind.measures.flatMap(({ id, read: own }) =>
      own.type === "relative" && own.usual === usual ? [{ id, floor: own.floor }] : [],
    );
    return [{ measure: read.measure, usual, relatives }];
  });
  return followed.length === 0 ? undefined : new Baselines(kind, entity, windowMs, followed);
}

/** Sorts its argument. */
function medianOf(values: Float64Array): number {
  values.sort();
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}

/** A number 0..1 for a name: FNV-1a. */
function phaseOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) / 0x1_0000_0000;
}
