import type { LifeSign } from "../../../core/observation.ts";
import * as m from "../kinds/metrics.ts";
import type { Channel } from "./channel.ts";
import type { Consumer } from "./consumer.ts";
import { type ChannelMeters, Gauges, HEARTBEAT } from "./meters.ts";
import type { Queue } from "./queue.ts";
import { fairnessIndex, SmoothRate } from "./smoothing.ts";
import type { Timeline } from "./timeline.ts";

/** Shares of fewer messages for each consumer than this are no evidence of unfairness. */
const LEAST_WORK = 10;
/** The rates that shares are made from cover about this much time, s. */
const SHARE_WINDOW_S = 10;

const total = (channels: readonly Channel[], of: (channel: Channel) => number): number =>
  channels.reduce((sum, channel) => sum + of(channel), 0);

/** Records the levels of one queue, topic or partition. */
export class ChannelReport {
  readonly gauges: Gauges;
  readonly #meters: ChannelMeters;
  readonly #heartbeat: LifeSign;
  readonly #timeline: Timeline;
  readonly #growth: SmoothRate;

  constructor(meters: ChannelMeters, timeline: Timeline) {
    this.#meters = meters;
    this.#timeline = timeline;
    this.gauges = new Gauges(meters.recorder);
    this.#heartbeat = meters.recorder.lifeSign(HEARTBEAT);
    this.#growth = new SmoothRate(timeline.now);
  }

  /** @param channels itself, or the partitions of a topic. Returns whether the broker answers. */
  record(channels: readonly Channel[]): boolean {
    const { now, wall } = this.#timeline;
    const lag = total(channels, ({ depth, unacked }) => depth + unacked.size);
    this.#growth.observe(now, lag);
    const up = channels.some(({ down }) => !down);
    this.gauges.set(wall, m.UP, up ? 1 : 0);
    if (!up) {
      this.#heartbeat.missed(wall);
      return false;
    }
    this.#heartbeat.seen(wall);
    this.#meters.idle(wall);
    const oldest = Math.min(...channels.map((channel) => channel.oldestSince ?? now));
    this.gauges.set(
      wall,
      m.DEPTH,
      total(channels, ({ depth }) => depth),
    );
    this.gauges.set(wall, m.LAG, lag);
    this.gauges.set(wall, m.LAG_GROWTH, this.#growth.value);
    this.gauges.set(
      wall,
      m.IN_FLIGHT,
      total(channels, ({ unacked }) => unacked.size),
    );
    this.gauges.set(
      wall,
      m.RETRYING,
      total(channels, ({ delayed }) => delayed),
    );
    this.gauges.set(wall, m.OLDEST_AGE, now - oldest);
    this.gauges.set(
      wall,
      m.DEAD_LETTERS,
      total(channels, ({ deadLetters }) => deadLetters.size),
    );
    this.gauges.set(
      wall,
      m.LOST_TOTAL,
      total(channels, ({ log }) => log.tally.lost),
    );
    this.gauges.set(
      wall,
      m.DUPLICATES_TOTAL,
      total(channels, ({ log }) => log.tally.duplicates),
    );
    return true;
  }
}

/** What is known of a consumer between two reports. */
class ConsumerState {
  readonly rate: SmoothRate;
  busyMs: number;
  starvedSteps = 0;

  constructor(now: number, { busyMs }: Consumer) {
    this.rate = new SmoothRate(now);
    this.busyMs = busyMs;
  }
}

/** Records the consumers of one queue, and what follows from all of them: fairness and utilisation. */
export class ConsumersReport {
  readonly #timeline: Timeline;
  readonly #queue: Queue;
  readonly #states = new WeakMap<Consumer, ConsumerState>();
  #steps = 0;
  #lastAt: number;

  constructor(queue: Queue, timeline: Timeline) {
    this.#queue = queue;
    this.#timeline = timeline;
    this.#lastAt = timeline.now;
  }

  /** Finds consumers that are idle although there is work for all of them. */
  step(): void {
    this.#steps += 1;
    const { consumers, depth } = this.#queue;
    const prefetched = consumers.reduce((sum, { held, working }) => sum + held - working, 0);
    // Fewer messages than consumers are no backlog: they are processed at once.
    if (depth + prefetched < consumers.length) return;
    for (const consumer of consumers) {
      if (consumer.working === 0 && active(consumer)) this.#state(consumer).starvedSteps += 1;
    }
  }

  /** @param gauges of the queue; undefined while its broker is down @param all every consumer, on stand-by too */
  record(gauges: Gauges | undefined, all: readonly Consumer[]): void {
    const { now, wall } = this.#timeline;
    const elapsed = now - this.#lastAt;
    this.#lastAt = now;
    for (const consumer of all) this.#state(consumer).rate.observe(now, consumer.processed);
    const rates = all.filter(active).map((consumer) => this.#state(consumer).rate.value);
    const allRates = all.reduce((sum, consumer) => sum + this.#state(consumer).rate.value, 0);
    let busy = 0;
    for (const consumer of all) {
      const utilisation = this.#record(consumer, wall, elapsed, allRates);
      if (active(consumer)) busy += utilisation;
    }
    this.#steps = 0;
    gauges?.set(wall, m.CONSUMERS, rates.length);
    if (rates.length === 0) return;
    if (elapsed > 0) gauges?.set(wall, m.QUEUE_UTILISATION, busy / rates.length);
    const enough = allRates * SHARE_WINDOW_S >= LEAST_WORK * rates.length;
    if (enough) gauges?.set(wall, m.FAIRNESS, fairnessIndex(rates));
  }

  /** Returns the utilisation since the last report, 0..1. */
  #record(consumer: Consumer, wall: number, elapsed: number, allRates: number): number {
    const state = this.#state(consumer);
    const { gauges, heartbeat } = consumer.meters;
    consumer.account();
    const busyMs = consumer.busyMs - state.busyMs;
    state.busyMs = consumer.busyMs;
    const utilisation = elapsed > 0 ? Math.min(1, busyMs / (elapsed * consumer.concurrency)) : Number.NaN;
    const starved = this.#steps > 0 ? state.starvedSteps / this.#steps : 0;
    state.starvedSteps = 0;
    gauges.set(wall, m.UP, consumer.crashed || consumer.cut ? 0 : 1);
    if (consumer.crashed) heartbeat.missed(wall);
    else heartbeat.seen(wall);
    consumer.meters.idle(wall);
    gauges.set(wall, m.UTILISATION, utilisation);
    gauges.set(wall, m.STARVATION, starved);
    gauges.set(wall, m.HELD, consumer.held);
    gauges.set(wall, m.PREFETCH, consumer.prefetch);
    if (this.#queue.partitioned) gauges.set(wall, m.PARTITIONS, consumer.lanes.length);
    if (allRates > 0) gauges.set(wall, m.SHARE, state.rate.value / allRates);
    return Number.isNaN(utilisation) ? 0 : utilisation;
  }

  #state(consumer: Consumer): ConsumerState {
    let state = this.#states.get(consumer);
    if (state === undefined) {
      state = new ConsumerState(this.#timeline.now, consumer);
      this.#states.set(consumer, state);
    }
    return state;
  }
}

/** Takes part in the work. */
function active(consumer: Consumer): boolean {
  return consumer.member && !consumer.cut;
}
