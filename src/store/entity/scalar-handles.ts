import type { Labels, Metric } from "../../core/metric.ts";
import type { CounterHandle, GaugeHandle, HistogramHandle } from "../../core/observation.ts";
import type { Range } from "../histogram/spread-counts.ts";
import type { SlotClock } from "../recording/slot-clock.ts";
import type { CounterSeries, GaugeSeries } from "../series/scalar-series.ts";

/** The labels of a handle, with the key that `labelKey` makes of them. */
export interface KeyedLabels {
  readonly labels: Labels;
  readonly key: string;
}

/** The entity that a handle records for. */
export interface ScalarOwner {
  /** The entity is observed. @returns false when it was removed */
  observed(at: number): boolean;
  /** Its series, opened when it is not kept. @returns undefined when there is no room for its labels */
  counterSeries(metric: Metric<"counter">, keyed: KeyedLabels | undefined): CounterSeries | undefined;
  gaugeSeries(metric: Metric<"gauge">, keyed: KeyedLabels | undefined): GaugeSeries | undefined;
  dropped(keyed: KeyedLabels): void;
}

abstract class ScalarRecorder<Of extends Metric> {
  protected readonly clock: SlotClock;
  protected readonly owner: ScalarOwner;
  protected readonly keyed: KeyedLabels | undefined;
  readonly metric: Of;
  private readonly range: Range;

  constructor(clock: SlotClock, owner: ScalarOwner, metric: Of, range: Range, keyed?: KeyedLabels) {
    this.clock = clock;
    this.owner = owner;
    this.metric = metric;
    this.range = range;
    this.keyed = keyed;
  }

  /** @returns the time it counts as, ms since the epoch; NaN when it is rejected or late */
  protected accept(at: number, value: number): number {
    if (value >= this.range.min && value <= this.range.max) return this.clock.place(at);
    this.clock.rejected += 1;
    return Number.NaN;
  }
}

/** Records a counter; a labelled one for the entity's own series as well. */
export class CounterRecorder extends ScalarRecorder<Metric<"counter">> implements CounterHandle {
  private series: CounterSeries | undefined;
  private readonly own: CounterRecorder | undefined;

  constructor(
    clock: SlotClock,
    owner: ScalarOwner,
    metric: Metric<"counter">,
    range: Range,
    labelled?: { readonly keyed: KeyedLabels; readonly own: CounterRecorder },
  ) {
    super(clock, owner, metric, range, labelled?.keyed);
    this.own = labelled?.own;
    this.series = owner.counterSeries(metric, labelled?.keyed);
  }

  /** Makes sure that its series is kept. */
  open(): void {
    if (this.series === undefined || !this.series.kept)
      this.series = this.owner.counterSeries(this.metric, this.keyed);
  }

  add(at: number, by: number): void {
    const when = this.accept(at, by);
    if (Number.isNaN(when) || !this.owner.observed(when)) return;
    this.own?.grow(when, by);
    this.grow(when, by);
  }

  private grow(at: number, by: number): void {
    this.open();
    if (this.series !== undefined) this.series.add(at, this.clock.slot, by);
    else if (this.keyed !== undefined) this.owner.dropped(this.keyed);
  }
}

/** Records a gauge, the entity's own or a labelled one. */
export class GaugeRecorder extends ScalarRecorder<Metric<"gauge">> implements GaugeHandle {
  private series: GaugeSeries | undefined;

  constructor(
    clock: SlotClock,
    owner: ScalarOwner,
    metric: Metric<"gauge">,
    range: Range,
    keyed?: KeyedLabels,
  ) {
    super(clock, owner, metric, range, keyed);
    this.series = owner.gaugeSeries(metric, keyed);
  }

  /** Makes sure that its series is kept. */
  open(): void {
    if (this.series === undefined || !this.series.kept)
      this.series = this.owner.gaugeSeries(this.metric, this.keyed);
  }

  set(at: number, value: number): void {
    const when = this.accept(at, value);
    if (Number.isNaN(when) || !this.owner.observed(when)) return;
    this.open();
    if (this.series !== undefined) this.series.set(when, this.clock.slot, value);
    else if (this.keyed !== undefined) this.owner.dropped(this.keyed);
  }
}

/** Rejects everything: for a metric that has no room, or whose name is that of a metric of another type. */
export class RejectingHandle implements HistogramHandle, CounterHandle, GaugeHandle {
  private readonly clock: SlotClock;

  constructor(clock: SlotClock) {
    this.clock = clock;
  }

  record(): boolean {
    this.clock.rejected += 1;
    return false;
  }

  recordBuckets(): boolean {
    return this.record();
  }

  add(): void {
    this.clock.rejected += 1;
  }

  set(): void {
    this.clock.rejected += 1;
  }
}
