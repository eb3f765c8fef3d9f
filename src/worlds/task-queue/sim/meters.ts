import type { CounterHandle, GaugeHandle, HistogramHandle, Recorder } from "../../../core/observation.ts";
import * as m from "../kinds/metrics.ts";

/** The sign of life of the entities of this world. */
export const HEARTBEAT = "heartbeat";

/** The handles of a queue, a topic or a partition, resolved once. Recording does not allocate. */
export class ChannelMeters {
  readonly recorder: Recorder;
  readonly published: CounterHandle;
  readonly acked: CounterHandle;
  readonly redelivered: CounterHandle;
  readonly retried: CounterHandle;
  readonly deadLettered: CounterHandle;
  readonly refused: CounterHandle;
  readonly lost: CounterHandle;
  readonly duplicates: CounterHandle;
  readonly deduplicated: CounterHandle;
  readonly wait: HistogramHandle;
  readonly processing: HistogramHandle;
  readonly total: HistogramHandle;
  readonly #counters: readonly CounterHandle[];

  constructor(recorder: Recorder) {
    this.recorder = recorder;
    this.published = recorder.counter(m.PUBLISHED);
    this.acked = recorder.counter(m.ACKED);
    this.redelivered = recorder.counter(m.REDELIVERED);
    this.retried = recorder.counter(m.RETRIED);
    this.deadLettered = recorder.counter(m.DEAD_LETTERED);
    this.refused = recorder.counter(m.REFUSED);
    this.lost = recorder.counter(m.LOST);
    this.duplicates = recorder.counter(m.DUPLICATES);
    this.deduplicated = recorder.counter(m.DEDUPLICATED);
    this.wait = recorder.histogram(m.WAIT_TIME);
    this.processing = recorder.histogram(m.PROCESSING_TIME);
    this.total = recorder.histogram(m.TOTAL_TIME);
    this.#counters = [
      this.published,
      this.acked,
      this.redelivered,
      this.retried,
      this.deadLettered,
      this.refused,
      this.lost,
      this.duplicates,
      this.deduplicated,
    ];
  }

  /** Records an increase of 0 for all counters, so that their rates are 0 instead of unknown. */
  idle(at: number): void {
    for (const counter of this.#counters) counter.add(at, 0);
  }
}

/** Gauges of one entity, resolved with their first value. */
export class Gauges {
  readonly #recorder: Recorder;
  readonly #handles = new Map<string, GaugeHandle>();

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /** @param value NaN is not recorded */
  set(at: number, metric: Parameters<Recorder["gauge"]>[0], value: number): void {
    if (Number.isNaN(value)) return;
    let handle = this.#handles.get(metric.name);
    if (handle === undefined) {
      handle = this.#recorder.gauge(metric);
      this.#handles.set(metric.name, handle);
    }
    handle.set(at, value);
  }
}
