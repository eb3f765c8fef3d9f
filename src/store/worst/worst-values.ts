import type { ByteCount } from "../byte-count.ts";
import type { Tier } from "../slots/tiers.ts";
import type { WorstColumns, WorstHandle, WorstQuery } from "../types.ts";
import { worstSlots } from "./tiers.ts";
import { MOST_SAMPLES } from "./worst-chunk.ts";
import { ColumnFiller } from "./worst-columns.ts";
import { WorstTier } from "./worst-tier.ts";

/** One published measure of an entity. */
class WorstSeries implements WorstHandle {
  kept = true;
  readonly place: number;
  /** Everything up to then at its place belongs to an earlier series, ms since the epoch. */
  readonly bornAt: number;
  readonly sign: 1 | -1;
  private readonly owner: WorstValues;

  constructor(owner: WorstValues, place: number, bornAt: number, sign: 1 | -1) {
    this.owner = owner;
    this.place = place;
    this.bornAt = bornAt;
    this.sign = sign;
  }

  note(at: number, value: number, samples: number): void {
    if (this.kept && !Number.isNaN(value)) this.owner.note(this, at, value, samples);
  }
}

/**
 * The worst value of each measure as it was published, per slot, with its instant and its number of samples. A
 * percentile or a ratio of a long time cannot be computed from those of its parts, so the values themselves are
 * kept, as a recording rule of Prometheus does. Of a coarser slot the worst is the worst of the finer ones: a
 * spike keeps its value and its instant at any age.
 *
 * Not a gauge: recording is not a sign of life, a slot of all series lies in one piece of memory (12 bytes a
 * series), and nothing of it is listed among the series of an entity.
 */
export class WorstValues {
  private readonly tiers: readonly WorstTier[];
  private readonly settings: readonly Tier[];
  private readonly bytes: number;
  private readonly byEntity = new Map<string, Map<string, WorstSeries>>();
  private readonly free: number[] = [];
  private places = 0;
  private readonly finest: WorstTier;
  /** The newest instant, and how long before the end of its slot; -1 for one in a closed slot. ms */
  private notedAt = Number.NaN;
  private before = -1;

  /** @param settings from fine to coarse. @param bytes what all series together may take, if they are not very many */
  constructor(settings: readonly Tier[], bytes: number, byteCount: ByteCount) {
    this.settings = settings;
    this.bytes = bytes;
    const tiers: WorstTier[] = [];
    for (const { slotMs } of settings.toReversed()) tiers.unshift(new WorstTier(slotMs, tiers[0], byteCount));
    this.tiers = tiers;
    this.finest = tiers[0]!;
  }

  /** The series of a measure; begun at `now` (ms since the epoch) when there is none. */
  handle(entity: string, measure: string, worse: "high" | "low", now: number): WorstHandle {
    let own = this.byEntity.get(entity);
    if (own === undefined) {
      own = new Map();
      this.byEntity.set(entity, own);
    }
    const known = own.get(measure);
    if (known !== undefined) return known;
    const place = this.free.pop() ?? this.places++;
    const slots = worstSlots(this.settings, this.bytes, this.places);
    for (const [nth, tier] of this.tiers.entries()) tier.resize(this.places, slots[nth]!);
    this.tiers[0]!.clear(place);
    const series = new WorstSeries(this, place, this.slotBefore(now), worse === "high" ? 1 : -1);
    own.set(measure, series);
    return series;
  }

  /** Forgets everything about an entity. */
  remove(entity: string): void {
    for (const series of this.byEntity.get(entity)?.values() ?? []) {
      series.kept = false;
      this.free.push(series.place);
    }
    this.byEntity.delete(entity);
  }

  note({ place, sign }: WorstSeries, at: number, value: number, samples: number): void {
    if (at !== this.notedAt) this.moveTo(at);
    if (this.before < 0) return;
    this.finest.note(place, sign * value, samples < MOST_SAMPLES ? samples : MOST_SAMPLES, this.before);
  }

  /** Undefined for a measure that is not recorded. */
  columns(entity: string, measure: string, query: WorstQuery): WorstColumns | undefined {
    const series = this.byEntity.get(entity)?.get(measure);
    if (series === undefined) return undefined;
    const { tiers } = this;
    const filler = new ColumnFiller(
      query,
      series.bornAt,
      series.sign,
      tiers[0]!.slotMs,
      tiers.at(-1)!.goneUntil,
    );
    const from = query.from - query.holdMs;
    const to = Math.min(query.until, query.from + query.columns * query.stepMs);
    for (let nth = tiers.length - 1; nth >= 0; nth--) {
      // A coarse tier answers where the finer ones have lost the beginning of its slot.
      const end = nth === 0 ? to : Math.min(to, tiers[nth - 1]!.goneUntil);
      if (end > from) tiers[nth]!.each(series.place, from, end, filler.take);
    }
    return filler.done();
  }

  /** A tick notes all its values at the same instant. */
  private moveTo(at: number): void {
    const { finest } = this;
    const slot = Math.ceil(at / finest.slotMs);
    if (slot > finest.slot) finest.moveTo(slot);
    this.notedAt = at;
    // A slot that has closed does not change.
    this.before =
      slot < finest.slot ? -1 : Math.min(finest.slotMs - 1, Math.round(slot * finest.slotMs - at));
  }

  /** The end of the slot before that of an instant. */
  private slotBefore(at: number): number {
    const { slotMs } = this.tiers[0]!;
    return (Math.ceil(at / slotMs) - 1) * slotMs;
  }
}
