import type { CounterHandle, LifeSign, Recorder } from "../../../core/observation.ts";
import type { Random } from "../../../core/random.ts";
import { type Effects, noEffects } from "../effects.ts";
import * as m from "../kinds/metrics.ts";
import type { ProducerOptions } from "../options.ts";
import { Gauges, HEARTBEAT } from "./meters.ts";
import type { Queue } from "./queue.ts";
import type { Timeline } from "./timeline.ts";

/** The outbox is drained at this multiple of the usual rate, so that the queue is not flooded. */
const CATCH_UP = 4;
/** The minimum number of outbox messages published per step. */
const MIN_CATCH_UP = 5;
const FAILURE_SPACING_MS = 200;

/** Publishes messages at random intervals. Messages that the broker refuses wait in the outbox. */
export class Producer {
  readonly name: string;
  options: ProducerOptions;
  queue: Queue;
  readonly effects: Effects = noEffects();
  /** Messages in the outbox, not published yet. */
  unsent = 0;
  readonly #timeline: Timeline;
  readonly #random: Random;
  readonly #gauges: Gauges;
  readonly #recorder: Recorder;
  readonly #heartbeat: LifeSign;
  readonly #published: CounterHandle;
  readonly #attempts: CounterHandle;
  readonly #failed: CounterHandle;
  readonly #dropped: CounterHandle;
  /** Increased with every change of the rate, to invalidate arrivals drawn for another rate. */
  #epoch = 0;
  #rate = Number.NaN;
  #lastFailureAt = Number.NEGATIVE_INFINITY;

  constructor(
    options: ProducerOptions,
    queue: Queue,
    timeline: Timeline,
    recorder: Recorder,
    random: Random,
  ) {
    this.name = options.name;
    this.options = options;
    this.queue = queue;
    this.#timeline = timeline;
    this.#random = random;
    this.#recorder = recorder;
    this.#gauges = new Gauges(recorder);
    this.#heartbeat = recorder.lifeSign(HEARTBEAT);
    this.#published = recorder.counter(m.PUBLISHED);
    this.#attempts = recorder.counter(m.ATTEMPTS);
    this.#failed = recorder.counter(m.FAILED_PUBLISHES);
    this.#dropped = recorder.counter(m.DROPPED);
    this.adjust();
  }

  /** Applies a change of the rate. Intervals are memoryless, so the next message is drawn again. */
  adjust(): void {
    const rate = this.options.rate * this.effects.burst;
    if (rate === this.#rate) return;
    this.#rate = rate;
    this.#epoch += 1;
    this.#scheduleNext();
  }

  /** Stops publishing. */
  stop(): void {
    this.#epoch += 1;
  }

  /** The event of one message. */
  fire(epoch: number): void {
    if (epoch !== this.#epoch) return;
    this.publish(1);
    this.#scheduleNext();
  }

  /** Publishes messages now and returns the number accepted by the queue. */
  publish(count: number): number {
    let taken = 0;
    for (let i = 0; i < count; i += 1) {
      if (this.#attempt()) taken += 1;
      else if (this.unsent < this.options.outbox) this.unsent += 1;
      else this.#dropped.add(this.#timeline.wall, 1);
    }
    return taken;
  }

  /** Publishes messages from the outbox, up to the limit of a step. */
  catchUp(): void {
    if (this.unsent === 0 || this.effects.cut || this.queue.down) return;
    const perStep = (this.options.rate * CATCH_UP * this.#timeline.stepMs) / 1000;
    const most = Math.min(this.unsent, Math.max(MIN_CATCH_UP, Math.ceil(perStep)));
    for (let i = 0; i < most && this.#attempt(); i += 1) this.unsent -= 1;
  }

  report(): void {
    const { wall } = this.#timeline;
    this.#heartbeat.seen(wall);
    this.#gauges.set(wall, m.UP, this.effects.cut || this.queue.down ? 0 : 1);
    this.#gauges.set(wall, m.UNSENT, this.unsent);
    for (const counter of [this.#published, this.#attempts, this.#failed, this.#dropped])
      counter.add(wall, 0);
  }

  #attempt(): boolean {
    const { now, wall } = this.#timeline;
    this.#attempts.add(wall, 1);
    const problem = this.effects.cut
      ? "no connection to the broker"
      : this.queue.publish(this.#random, this.options.priority);
    if (problem === undefined) {
      this.#published.add(wall, 1);
      return true;
    }
    this.#failed.add(wall, 1);
    if (now - this.#lastFailureAt >= FAILURE_SPACING_MS) {
      this.#lastFailureAt = now;
      this.#recorder.failure(wall, `publish to ${this.queue.name}: ${problem}`);
    }
    return false;
  }

  #scheduleNext(): void {
    if (this.#rate <= 0) return;
    const gap = this.#random.exponential(1000 / this.#rate);
    this.#timeline.schedule(this.#timeline.now + gap, this, this.#epoch);
  }
}
