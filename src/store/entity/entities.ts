import type { Metric } from "../../core/metric.ts";
import type { Range } from "../histogram/spread-counts.ts";
import type { Histograms } from "../histograms.ts";
import { LabelSetCount } from "../label-set-count.ts";
import { FailureBudget } from "../recording/failure-log.ts";
import { RetentionBudget } from "../scalars/retention-budget.ts";
import type { StoreLimits, Tier } from "../slots/tiers.ts";
import type { EntityContext } from "./entity-context.ts";
import { EntityRecord } from "./entity-record.ts";

/** What has not been seen for a while is looked for so many times in that while. */
const CHECKS_PER_EXPIRY = 60;

export interface EntitiesOptions {
  readonly tiers: readonly Tier[];
  readonly limits: StoreLimits;
  /** A number that no other series has or had. */
  readonly nextId: () => number;
  readonly expireAfterMs: number;
  /** Called for an entity that was removed or has expired. */
  readonly forgotten: (entity: string) => void;
}

/** The entities of a store. */
export class Entities {
  readonly labelSets = new LabelSetCount();
  readonly budget: RetentionBudget;
  readonly failures: FailureBudget;
  /** Label sets and entities that have expired. */
  expired = 0;
  private readonly kept = new Map<string, EntityRecord>();
  /**
   * Entities that have expired but may be recorded again, because somebody still has a handle: the same record
   * must then be found by its name, or there would be two of them.
   */
  private readonly dormant = new Map<string, WeakRef<EntityRecord>>();
  private readonly context: EntityContext<EntityRecord>;
  private readonly ranges = new WeakMap<Metric, Range>();
  private readonly expireAfterMs: number;
  private readonly forgotten: (entity: string) => void;
  private generations = 1;
  private nextCheck = Number.NEGATIVE_INFINITY;

  constructor(histograms: Histograms, { tiers, limits, nextId, expireAfterMs, forgotten }: EntitiesOptions) {
    this.expireAfterMs = expireAfterMs;
    this.forgotten = forgotten;
    this.failures = new FailureBudget(limits.failures);
    this.budget = new RetentionBudget(tiers, limits.scalarBytes, histograms.clock);
    this.context = {
      clock: histograms.clock,
      slab: histograms.slab,
      spread: histograms.spread,
      budget: this.budget,
      labelSets: this.labelSets,
      failures: this.failures,
      nextId,
      rangeOf: (metric) => this.rangeOf(metric),
      openHistogram: (...series) => histograms.open(...series),
      closeHistogram: (series) => histograms.close(series),
      revive: (entity) => this.add(entity),
    };
  }

  get count(): number {
    return this.kept.size;
  }

  get seriesCount(): number {
    let count = 0;
    for (const entity of this.kept.values()) count += entity.seriesCount;
    return count;
  }

  /** Of gauges and counters, and of the wide counts of busy series. */
  get bytes(): number {
    let bytes = 0;
    for (const { byteCount } of this.kept.values()) bytes += byteCount.bytes;
    return bytes;
  }

  get(name: string): EntityRecord | undefined {
    return this.kept.get(name);
  }

  /** Begins to keep an entity, or goes on. One that was asked for without `expires` once never expires. */
  keep(name: string, expires: boolean): EntityRecord {
    const known = this.kept.get(name);
    if (known !== undefined) {
      known.expires &&= expires;
      return known;
    }
    const entity = this.dormant.get(name)?.deref() ?? new EntityRecord(this.context, name, expires);
    entity.expires &&= expires;
    this.add(entity);
    return entity;
  }

  remove(name: string): void {
    const entity = this.kept.get(name) ?? this.dormant.get(name)?.deref();
    this.kept.delete(name);
    this.dormant.delete(name);
    entity?.forget(true);
    this.forgotten(name);
  }

  /** Forgets what has not been seen for a while. @param now ms since the epoch */
  expire(now: number): void {
    if (now < this.nextCheck) return;
    this.nextCheck = now + this.expireAfterMs / CHECKS_PER_EXPIRY;
    const before = now - this.expireAfterMs;
    for (const [name, entity] of this.kept) {
      this.expired += entity.expireLabels(before);
      if (!entity.expires || !(entity.activeAt < before)) continue;
      this.kept.delete(name);
      this.dormant.set(name, new WeakRef(entity));
      entity.forget(false);
      this.forgotten(name);
      this.expired += 1;
    }
    for (const [name, entity] of this.dormant) if (entity.deref() === undefined) this.dormant.delete(name);
  }

  private add(entity: EntityRecord): void {
    this.dormant.delete(entity.name);
    this.kept.set(entity.name, entity);
    this.generations += 1;
    entity.keep(this.generations);
  }

  private rangeOf(metric: Metric): Range {
    let range = this.ranges.get(metric);
    if (range === undefined) {
      const { type, min = type === "gauge" ? -Number.MAX_VALUE : 0, max = Number.MAX_VALUE } = metric;
      // Neither a bucket nor a counter can hold a negative value.
      range = { min: type === "gauge" ? min : Math.max(0, min), max };
      this.ranges.set(metric, range);
    }
    return range;
  }
}
