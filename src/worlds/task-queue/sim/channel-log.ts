import type { Message } from "./message.ts";
import type { ChannelMeters } from "./meters.ts";
import type { Timeline } from "./timeline.ts";

/** Failures within this time share one line on screen, ms. */
const FAILURE_SPACING_MS = 50;

/** Totals since the start. */
export interface Totals {
  published: number;
  /** Successfully processed messages. */
  completed: number;
  lost: number;
  sideEffects: number;
  duplicates: number;
  deduplicated: number;
}

/** Counters that increase by one. */
type Count = "published" | "acked" | "redelivered" | "retried" | "deadLettered" | "refused";

/** Records the events of a queue or partition; for a partition, also for its topic. */
export class ChannelLog {
  readonly totals: Totals = {
    published: 0,
    completed: 0,
    lost: 0,
    sideEffects: 0,
    duplicates: 0,
    deduplicated: 0,
  };
  readonly #timeline: Timeline;
  readonly #meters: readonly ChannelMeters[];
  #lastFailureAt = Number.NEGATIVE_INFINITY;

  constructor(timeline: Timeline, meters: readonly ChannelMeters[]) {
    this.#timeline = timeline;
    this.#meters = meters;
  }

  count(counter: Count): void {
    for (const each of this.#meters) each[counter].add(this.#timeline.wall, 1);
  }

  /** A message will never be processed. */
  lost(message: Message, reason: string): void {
    this.totals.lost += 1;
    for (const each of this.#meters) each.lost.add(this.#timeline.wall, 1);
    this.failure(`lost, ${reason}: message ${message.id}`, true);
  }

  /** Applies the side effect of a message, unless the guard prevents a duplicate. */
  sideEffect(message: Message, guarded: boolean): "done" | "duplicate" | "prevented" {
    const { wall } = this.#timeline;
    if (message.effects > 0 && guarded) {
      this.totals.deduplicated += 1;
      for (const each of this.#meters) each.deduplicated.add(wall, 1);
      return "prevented";
    }
    message.effects += 1;
    this.totals.sideEffects += 1;
    if (message.effects === 1) return "done";
    this.totals.duplicates += 1;
    for (const each of this.#meters) each.duplicates.add(wall, 1);
    return "duplicate";
  }

  started({ publishedAt }: Message): void {
    const { now, wall } = this.#timeline;
    for (const each of this.#meters) each.wait.record(wall, now - publishedAt);
  }

  /** @param tookMs processing time @param succeeded whether the message was processed */
  finished({ publishedAt }: Message, tookMs: number, succeeded: boolean): void {
    const { now, wall } = this.#timeline;
    for (const each of this.#meters) {
      each.processing.record(wall, tookMs);
      if (succeeded) each.total.record(wall, now - publishedAt);
    }
  }

  /** @param always rare and important: never omitted */
  failure(reason: string, always = false): void {
    const { now, wall } = this.#timeline;
    if (!always && now - this.#lastFailureAt < FAILURE_SPACING_MS) return;
    this.#lastFailureAt = now;
    for (const each of this.#meters) each.recorder.failure(wall, reason);
  }
}
