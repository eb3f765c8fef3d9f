import type { Metric } from "../../core/metric.ts";
import type { ByteCount } from "../byte-count.ts";
import { COUNTER_WIDTH, CounterRing } from "../scalars/counter-ring.ts";
import { GAUGE_WIDTH, GaugeRing, GaugeSpan } from "../scalars/gauge-ring.ts";
import type { RetentionBudget } from "../scalars/retention-budget.ts";
import { includeSpan } from "../scalars/rings.ts";
import type { GaugeWindow } from "../types.ts";
import type { WindowSpan } from "../windows/window-span.ts";
import { EMPTY_GAUGE } from "../windows/window-stats.ts";
import { KeptSeries, type SeriesIdentity } from "./kept-series.ts";

const NEVER = Number.NEGATIVE_INFINITY;

/** A counter of an entity, or of one of its label sets. Slots are numbers of the finest tier. */
export class CounterSeries extends KeptSeries<Metric<"counter">> {
  private last = NEVER;
  private readonly rings: readonly CounterRing[];
  private readonly budget: RetentionBudget;

  constructor(
    identity: SeriesIdentity,
    metric: Metric<"counter">,
    budget: RetentionBudget,
    bytes: ByteCount,
  ) {
    super(identity, metric);
    this.budget = budget;
    this.rings = budget.add(COUNTER_WIDTH, (ratio, limit) => new CounterRing(ratio, limit, bytes));
  }

  override get lastAt(): number {
    return this.last;
  }

  /** @param slot the open one */
  add(at: number, slot: number, by: number): void {
    if (at > this.last) this.last = at;
    for (let nth = 0; nth < this.rings.length; nth++) this.rings[nth]!.add(slot, by);
  }

  /** How much it grew in the slots of a span. */
  increase(slots: WindowSpan): number {
    const sum = { value: 0 };
    includeSpan(this.rings, slots, sum);
    return sum.value;
  }

  /** Gives its memory back. */
  release(): void {
    for (const ring of this.rings) ring.clear();
    this.budget.remove(COUNTER_WIDTH);
  }
}

/** A gauge of an entity, or of one of its label sets. Slots are numbers of the finest tier. */
export class GaugeSeries extends KeptSeries<Metric<"gauge">> {
  /** The newest value, NaN before the first, and the slot it counts in. */
  newest = Number.NaN;
  newestSlot = -1;
  private last = NEVER;
  private readonly rings: readonly GaugeRing[];
  private readonly budget: RetentionBudget;

  constructor(identity: SeriesIdentity, metric: Metric<"gauge">, budget: RetentionBudget, bytes: ByteCount) {
    super(identity, metric);
    this.budget = budget;
    this.rings = budget.add(GAUGE_WIDTH, (ratio, limit) => new GaugeRing(ratio, limit, bytes));
  }

  override get lastAt(): number {
    return this.last;
  }

  /** A value older than the newest one is skipped. @param slot the open one */
  set(at: number, slot: number, value: number): void {
    if (at < this.last) return;
    this.last = at;
    this.newest = value;
    this.newestSlot = slot;
    for (let nth = 0; nth < this.rings.length; nth++) this.rings[nth]!.set(slot, value);
  }

  /** What it was in the slots of a span. */
  window(slots: WindowSpan): GaugeWindow {
    const span = new GaugeSpan();
    includeSpan(this.rings, slots, span);
    return span.window() ?? EMPTY_GAUGE;
  }

  /** Gives its memory back. */
  release(): void {
    for (const ring of this.rings) ring.clear();
    this.budget.remove(GAUGE_WIDTH);
  }
}
