import type { Labels, Metric, MetricType } from "../../core/metric.ts";
import type {
  CounterHandle,
  GaugeHandle,
  HistogramHandle,
  LifeSign,
  LifeSignState,
  Recorder,
} from "../../core/observation.ts";
import type { ByteCount } from "../byte-count.ts";
import { FailureLog } from "../recording/failure-log.ts";
import { type HistogramOwner, LabelledHistogram, OwnHistogram } from "../recording/histogram-handles.ts";
import type { OpenSlot } from "../recording/open-slot.ts";
import type { RetentionBudget } from "../scalars/retention-budget.ts";
import { HistogramSeries } from "../series/histogram-series.ts";
import { isEmpty, type KeptSeries, labelKey, type SeriesIdentity } from "../series/kept-series.ts";
import { CounterSeries, GaugeSeries } from "../series/scalar-series.ts";
import type { EntityContext } from "./entity-context.ts";
import { LifeSigns } from "./life-signs.ts";
import { CounterRecorder, GaugeRecorder, type KeyedLabels, RejectingHandle } from "./scalar-handles.ts";

/** So many metrics an entity may have; the values of further ones are rejected. */
export const METRICS_PER_ENTITY = 128;

const NEVER = Number.NEGATIVE_INFINITY;

/** One entity: its series, signs of life and failures, and the handles to record them. */
export class EntityRecord implements Recorder, HistogramOwner {
  readonly name: string;
  /** Whether it is forgotten when it has not been seen for a while. */
  expires: boolean;
  /** Changes each time it is kept anew; 0 while it is not. */
  generation = 0;
  readonly byteCount: ByteCount = { bytes: 0 };
  failures: FailureLog;
  private readonly context: EntityContext<EntityRecord>;
  private readonly lifeSigns = new LifeSigns(this);
  /** Handles of its own series by metric name; they survive its expiry. */
  private readonly handles = new Map<string, OwnHistogram | CounterRecorder | GaugeRecorder>();
  private readonly own = new Map<string, KeptSeries>();
  private readonly labelled = new Map<string, KeptSeries>();
  private listed: readonly KeptSeries[] | undefined;
  private removed = false;
  /** The newest observation but for those of its own histograms, ms since the epoch. */
  private seenAt = NEVER;
  /** ms since the epoch; NaN: it was kept before any time was known. */
  private addedAt = Number.NaN;
  private readonly since = () => this.keptSince();

  constructor(context: EntityContext<EntityRecord>, name: string, expires: boolean) {
    this.context = context;
    this.failures = new FailureLog(context.failures);
    this.name = name;
    this.expires = expires;
  }

  /** It is kept from now on, with nothing recorded yet. */
  keep(generation: number): void {
    this.generation = generation;
    this.addedAt = this.now();
    this.listed = undefined;
  }

  /** Observed from `at` on (ms since the epoch), if it was never seen: the time before does not count in rates. */
  observedFrom(at: number): void {
    if (this.lastSeen() === undefined) this.addedAt = at;
  }

  /** Forgets everything recorded. @param removed false: it has expired, and is kept again when it is observed */
  forget(removed: boolean): void {
    this.removed = removed;
    this.generation = 0;
    for (const series of [...this.own.values(), ...this.labelled.values()]) this.close(series);
    this.context.labelSets.kept -= this.labelled.size;
    this.own.clear();
    this.labelled.clear();
    this.listed = undefined;
    this.lifeSigns.clear();
    this.context.failures.forget(this.failures);
    this.failures = new FailureLog(this.context.failures);
    this.seenAt = NEVER;
  }

  /** Forgets the label sets that were not seen after an instant, ms since the epoch. @returns how many */
  expireLabels(before: number): number {
    let count = 0;
    for (const [key, series] of this.labelled) {
      if (!(this.lastOf(series) < before)) continue;
      this.close(series);
      this.labelled.delete(key);
      count += 1;
    }
    if (count === 0) return 0;
    this.context.labelSets.kept -= count;
    this.listed = undefined;
    return count;
  }

  /** When it was last seen, or else kept since, ms since the epoch. */
  get activeAt(): number {
    return Math.max(this.lastSeen() ?? NEVER, this.keptSince());
  }

  keptSince(): number {
    return Number.isNaN(this.addedAt) ? this.context.clock.begunAt : this.addedAt;
  }

  lastSeen(): number | undefined {
    let last = this.seenAt;
    for (const handle of this.handles.values()) {
      if (handle instanceof OwnHistogram && handle.lastAt > last) last = handle.lastAt;
    }
    return last === NEVER ? undefined : last;
  }

  find(metric: string, labels: Labels | undefined): KeptSeries | undefined {
    return isEmpty(labels) ? this.own.get(metric) : this.labelled.get(labelKey(metric, labels));
  }

  get series(): readonly KeptSeries[] {
    this.listed ??= [...this.own.values(), ...this.labelled.values()].sort((a, b) => a.id - b.id);
    return this.listed;
  }

  get seriesCount(): number {
    return this.own.size + this.labelled.size;
  }

  lifeSignStates(): readonly LifeSignState[] {
    return this.lifeSigns.states();
  }

  histogram(metric: Metric<"histogram">, labels?: Labels): HistogramHandle {
    const own = this.handle(metric, OwnHistogram, () => {
      const handle = new OwnHistogram(this.context, this, metric, this.context.rangeOf(metric));
      this.reopenOwn(handle);
      return handle;
    });
    if (!(own instanceof OwnHistogram) || isEmpty(labels)) return own;
    const key = labelKey(metric.name, labels);
    const known = this.openLabelled(key);
    if (known !== undefined) return known;
    const handle = new LabelledHistogram(this, own, { ...labels }, key);
    this.reopenLabelled(handle);
    return handle;
  }

  counter(metric: Metric<"counter">, labels?: Labels): CounterHandle {
    const { context } = this;
    const range = context.rangeOf(metric);
    const own = this.handle(
      metric,
      CounterRecorder,
      () => new CounterRecorder(context.clock, this, metric, range),
    );
    if (!(own instanceof CounterRecorder) || isEmpty(labels)) return own;
    const keyed = { labels: { ...labels }, key: labelKey(metric.name, labels) };
    return new CounterRecorder(context.clock, this, metric, range, { keyed, own });
  }

  gauge(metric: Metric<"gauge">, labels?: Labels): GaugeHandle {
    const { context } = this;
    const range = context.rangeOf(metric);
    if (!isEmpty(labels)) {
      const keyed = { labels: { ...labels }, key: labelKey(metric.name, labels) };
      return new GaugeRecorder(context.clock, this, metric, range, keyed);
    }
    return this.handle(metric, GaugeRecorder, () => new GaugeRecorder(context.clock, this, metric, range));
  }

  lifeSign(name: string): LifeSign {
    return this.lifeSigns.handle(name);
  }

  failure(at: number, reason: string): void {
    const when = this.place(at);
    if (!Number.isNaN(when) && this.observed(when)) this.failures.push(when, this.context.clock.slot, reason);
  }

  place(at: number): number {
    return this.context.clock.place(at);
  }

  observed(at: number): boolean {
    if (!this.awake()) return false;
    if (at > this.seenAt) this.seenAt = at;
    return true;
  }

  reopenOwn(handle: OwnHistogram): boolean {
    if (!this.awake()) return false;
    const { metric } = handle;
    this.own.set(metric.name, this.openHistogram(metric, handle, undefined));
    return true;
  }

  reopenLabelled(handle: LabelledHistogram): boolean {
    const { key, labels, own } = handle;
    // Another handle may have opened it; see `substitute`.
    if (!this.awake() || this.labelled.has(key) || !this.takeLabelSet()) return false;
    this.labelled.set(key, this.openHistogram(own.metric, handle, labels));
    return true;
  }

  substitute(handle: LabelledHistogram): LabelledHistogram | undefined {
    const open = this.openLabelled(handle.key);
    if (open === undefined) this.dropped(handle);
    return open;
  }

  counterSeries(metric: Metric<"counter">, keyed: KeyedLabels | undefined): CounterSeries | undefined {
    return this.scalar(metric, keyed, CounterSeries);
  }

  gaugeSeries(metric: Metric<"gauge">, keyed: KeyedLabels | undefined): GaugeSeries | undefined {
    return this.scalar(metric, keyed, GaugeSeries);
  }

  dropped({ key }: { readonly key: string }): void {
    if (!this.removed) this.context.labelSets.drop(this.name, key);
  }

  /** Keeps it again when it had expired. @returns false when it was removed */
  private awake(): boolean {
    if (this.generation !== 0) return true;
    if (this.removed) return false;
    this.context.revive(this);
    return true;
  }

  /** The handle of an own series; one that rejects where there is no room, or the name is of another type. */
  private handle<Kind extends OwnHistogram | CounterRecorder | GaugeRecorder>(
    { name }: Metric,
    // biome-ignore lint/suspicious/noExplicitAny: constructors with different parameters
    kind: new (...args: any[]) => Kind,
    make: () => Kind,
  ): Kind | RejectingHandle {
    const known = this.handles.get(name);
    if (known instanceof kind) {
      known.open();
      return known;
    }
    if (known !== undefined || this.handles.size >= METRICS_PER_ENTITY)
      return new RejectingHandle(this.context.clock);
    const handle = make();
    this.handles.set(name, handle);
    return handle;
  }

  private openLabelled(key: string): LabelledHistogram | undefined {
    const series = this.labelled.get(key);
    return series instanceof HistogramSeries ? (series.slot as LabelledHistogram) : undefined;
  }

  private openHistogram(
    metric: Metric<"histogram">,
    slot: OpenSlot,
    labels: Labels | undefined,
  ): HistogramSeries {
    this.listed = undefined;
    return this.context.openHistogram(this.identity(labels), metric, slot, this.since);
  }

  private scalar<Type extends MetricType, Kind extends CounterSeries | GaugeSeries>(
    metric: Metric<Type>,
    keyed: KeyedLabels | undefined,
    kind: new (
      identity: SeriesIdentity,
      metric: Metric<Type>,
      budget: RetentionBudget,
      bytes: ByteCount,
    ) => Kind,
  ): Kind | undefined {
    if (!this.awake()) return undefined;
    const map = keyed === undefined ? this.own : this.labelled;
    const key = keyed === undefined ? metric.name : keyed.key;
    const known = map.get(key);
    if (known !== undefined) return known instanceof kind ? known : undefined;
    if (keyed !== undefined && !this.takeLabelSet()) return undefined;
    const series = new kind(this.identity(keyed?.labels), metric, this.context.budget, this.byteCount);
    map.set(key, series);
    this.listed = undefined;
    return series;
  }

  private takeLabelSet(): boolean {
    const { labelSets } = this.context;
    if (!labelSets.hasRoom(this.labelled.size)) return false;
    labelSets.kept += 1;
    return true;
  }

  private identity(labels: Labels | undefined): SeriesIdentity {
    return { id: this.context.nextId(), entity: this.name, labels, openedAt: this.now() };
  }

  private close(series: KeptSeries): void {
    series.kept = false;
    if (series instanceof HistogramSeries) this.context.closeHistogram(series);
    else if (series instanceof CounterSeries || series instanceof GaugeSeries) series.release();
  }

  private lastOf(series: KeptSeries): number {
    const opened = Number.isNaN(series.openedAt) ? this.context.clock.begunAt : series.openedAt;
    return Math.max(series.lastAt, opened);
  }

  private now(): number {
    const { now, begunAt, openStart } = this.context.clock;
    return Math.max(now, begunAt, openStart);
  }
}
