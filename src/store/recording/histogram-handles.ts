import type { Labels, Metric } from "../../core/metric.ts";
import type { HistogramHandle } from "../../core/observation.ts";
import type { ByteCount } from "../byte-count.ts";
import type { Range, SpreadCounts } from "../histogram/spread-counts.ts";
import type { OpenSlab } from "./open-slab.ts";
import { MOST_COUNT, OpenSlot } from "./open-slot.ts";
import type { SlotClock } from "./slot-clock.ts";

/** What all histogram handles of a store share. */
export interface HistogramShared {
  readonly clock: SlotClock;
  readonly slab: OpenSlab;
  readonly spread: SpreadCounts;
}

/** The entity that a handle records for. */
export interface HistogramOwner {
  readonly byteCount: ByteCount;
  /** A value came for a handle whose series has expired. @returns whether its slot is attached now */
  reopenOwn(handle: OwnHistogram): boolean;
  reopenLabelled(handle: LabelledHistogram): boolean;
  /** Another handle with the same labels, whose series is open; counts what finds none as dropped. */
  substitute(handle: LabelledHistogram): LabelledHistogram | undefined;
}

/**
 * Records the values of an entity's own histogram. It is the open slot itself rather than having one: with
 * thousands of series every object on the way costs an access to memory.
 */
export class OwnHistogram extends OpenSlot implements HistogramHandle {
  readonly metric: Metric<"histogram">;
  readonly shared: HistogramShared;
  /** Shared by all handles of the metric, so that it stays in the processor's cache. */
  readonly range: Range;
  private readonly clock: SlotClock;
  private readonly owner: HistogramOwner;

  constructor(shared: HistogramShared, owner: HistogramOwner, metric: Metric<"histogram">, range: Range) {
    super(shared.slab, owner.byteCount);
    this.shared = shared;
    this.clock = shared.clock;
    this.owner = owner;
    this.metric = metric;
    this.range = range;
  }

  record(at: number, value: number): boolean {
    const { clock, range } = this;
    if (!(value >= range.min && value <= range.max)) {
      clock.rejected += 1;
      return false;
    }
    let when = at;
    if (!(at > clock.openStart && at <= clock.openEnd)) {
      when = clock.place(at);
      if (Number.isNaN(when)) return false;
    }
    return this.add(when, value);
  }

  recordBuckets(at: number, bounds: ArrayLike<number>, counts: ArrayLike<number>, sum?: number): boolean {
    const { clock, range } = this;
    const { spread } = this.shared;
    const room = MOST_COUNT - (this.attached ? this.recorded : 0);
    if (!spread.spread(bounds, counts, sum, range, room)) {
      clock.rejected += 1;
      return false;
    }
    const when = clock.place(at);
    return !Number.isNaN(when) && this.addSpread(when, spread);
  }

  /** Makes sure that its series is kept. */
  open(): void {
    if (!this.attached) this.reopen();
  }

  protected override reopen(): boolean {
    return this.owner.reopenOwn(this);
  }
}

/** Records the values of one label set, for the entity's own series as well. */
export class LabelledHistogram extends OpenSlot implements HistogramHandle {
  readonly own: OwnHistogram;
  readonly labels: Labels;
  /** As `labelKey` writes it. */
  readonly key: string;
  private readonly owner: HistogramOwner;

  constructor(owner: HistogramOwner, own: OwnHistogram, labels: Labels, key: string) {
    super(own.shared.slab, owner.byteCount);
    this.owner = owner;
    this.own = own;
    this.labels = labels;
    this.key = key;
  }

  record(at: number, value: number): boolean {
    if (!this.own.record(at, value)) return false;
    const { clock } = this.own.shared;
    const when = at <= clock.openEnd ? at : clock.now;
    if (!this.add(when, value)) this.owner.substitute(this)?.add(when, value);
    return true;
  }

  recordBuckets(at: number, bounds: ArrayLike<number>, counts: ArrayLike<number>, sum?: number): boolean {
    if (!this.own.recordBuckets(at, bounds, counts, sum)) return false;
    const { clock, spread } = this.own.shared;
    const when = at <= clock.openEnd ? at : clock.now;
    if (!this.addSpread(when, spread)) this.owner.substitute(this)?.addSpread(when, spread);
    return true;
  }

  protected override reopen(): boolean {
    return this.owner.reopenLabelled(this);
  }
}
