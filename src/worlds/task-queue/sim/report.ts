import type { LifeSign } from "../../../core/observation.ts";
import * as m from "../kinds/metrics.ts";
import type { Channel } from "./channel.ts";
import type { Consumer } from "./consumer.ts";
import { type ChannelMeters, Gauges, HEARTBEAT } from "./meters.ts";
import type { Queue } from "./queue.ts";
import { fairnessIndex, SmoothRate } from "./smoothing.ts";
import type { Timeline } from "./timeline.ts";

/** Minimum messages per consumer; shares of fewer messages are no evidence of unfairness. */
const MIN_WORK = 10;
/** The time covered by the rates that shares are computed from, s. */
const SHARE_WINDOW_S = 10;

const total = (channels: readonly Channel[], of: (channel: Channel) => number): number =>
  channels.reduce((sum, channel) => sum + of(channel), 0);

/** Records the gauges of one queue, topic or partition. */
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

  /** @param channels its channel, or the partitions of a topic. Returns whether the broker is up. */
  record(channels: readonly Channel[]): boolean {
    const { now, wall } = this.#timeline;
    const unstarted = channels.map((channel) => channel.unstarted);
    const lag = unstarted.reduce((sum, { count }) => sum + count, 0);
    this.#growth.observe(now, lag);
    const up = channels.some(({ down }) => !down);
    this.gauges.set(wall, m.UP, up ? 1 : 0);
    if (!up) {
      this.#heartbeat.missed(wall);
      return false;
    }
    this.#heartbeat.seen(wall);
    this.#meters.idle(wall);
    const oldest = Math.min(...unstarted.map(({ oldestSince }) => oldestSince ?? now));
    this.gauges.set(
      wall,
      m.DEPTH,
      total(channels, ({ depth }) => depth),
    );
    this.gauges.set(wall, m.LAG, lag);
    this.gauges.set(wall, m.DEAD_LETTERING, channels.every(({ deadLetter }) => deadLetter) ? 1 : 0);
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
      total(channels, ({ log }) => log.totals.lost),
    );
    this.gauges.set(
      wall,
      m.DUPLICATES_TOTAL,
      total(channels, ({ log }) => log.totals.duplicates),
    );
    return true;
  }
}

/** The state of a consumer between two reports. */
class ConsumerState {
  readonly rate: SmoothRate;
  busyMs: number;
  starvedSteps = 0;
  blockedSteps = 0;
  /** Processed messages that are recorded. */
  recorded = 0;

  constructor(now: number, { busyMs }: Consumer) {
    this.rate = new SmoothRate(now);
    this.busyMs = busyMs;
  }
}

/** Records the consumers of one queue, and their fairness and utilisation. */
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

  /** Finds consumers that are idle although there is enough work. */
  step(): void {
    this.#steps += 1;
    const members = this.#queue.consumers.filter(active);
    const backlog = this.#backlog(members);
    for (const consumer of members) {
      if (consumer.working > 0) continue;
      if (consumer.blocked) this.#state(consumer).blockedSteps += 1;
      else if (backlog(consumer)) this.#state(consumer).starvedSteps += 1;
    }
  }

  /** Whether there is work that a consumer could do if it were delivered to it. */
  #backlog(members: readonly Consumer[]): (consumer: Consumer) => boolean {
    const { partitioned, consumers, depth, down } = this.#queue;
    if (partitioned) {
      // Messages of other partitions are not its work.
      return ({ lanes }) => lanes.some(({ channel }) => !channel.down && channel.depth > 0);
    }
    const prefetched = members.reduce((sum, { held, working }) => sum + held - working, 0);
    // Fewer messages than consumers are not a backlog: they are processed immediately.
    const enough = !down && depth + prefetched >= consumers.length;
    return () => enough;
  }

  /**
   * @param gauges of the queue; undefined while its broker is down @param all all consumers, including
   * stand-by ones
   */
  record(gauges: Gauges | undefined, all: readonly Consumer[]): void {
    const { now, wall } = this.#timeline;
    const elapsed = now - this.#lastAt;
    this.#lastAt = now;
    for (const consumer of all) this.#state(consumer).rate.observe(now, consumer.processed);
    const rates = all.filter(active).map((consumer) => this.#state(consumer).rate.value);
    const allRates = all.reduce((sum, consumer) => sum + this.#state(consumer).rate.value, 0);
    const processed = all.reduce((sum, consumer) => sum + this.#newlyProcessed(consumer), 0);
    let busy = 0;
    for (const consumer of all) {
      const utilisation = this.#record(consumer, wall, elapsed, processed);
      if (active(consumer)) busy += utilisation;
    }
    this.#steps = 0;
    gauges?.set(wall, m.CONSUMERS, rates.length);
    if (rates.length === 0) return;
    if (elapsed > 0) gauges?.set(wall, m.QUEUE_UTILISATION, busy / rates.length);
    const enough = allRates * SHARE_WINDOW_S >= MIN_WORK * rates.length;
    if (enough) gauges?.set(wall, m.FAIRNESS, fairnessIndex(rates));
  }

  /** Returns the utilisation since the last report, 0..1. */
  #record(consumer: Consumer, wall: number, elapsed: number, processed: number): number {
    const state = this.#state(consumer);
    const { gauges, heartbeat } = consumer.meters;
    consumer.account();
    const busyMs = consumer.busyMs - state.busyMs;
    state.busyMs = consumer.busyMs;
    const utilisation = elapsed > 0 ? Math.min(1, busyMs / (elapsed * consumer.concurrency)) : Number.NaN;
    const own = this.#newlyProcessed(consumer);
    state.recorded = consumer.processed;
    const starved = this.#steps > 0 ? state.starvedSteps / this.#steps : 0;
    const blocked = this.#steps > 0 ? state.blockedSteps / this.#steps : 0;
    state.starvedSteps = 0;
    state.blockedSteps = 0;
    if (consumer.crashed) heartbeat.missed(wall);
    else heartbeat.seen(wall);
    gauges.set(wall, m.ACTIVE, consumer.state === "running" ? 1 : 0);
    const standby = consumer.state === "standby" && !consumer.crashed;
    if (!standby || own > 0) consumer.meters.processed(wall, own, processed);
    // A stand-by has no work to report on: no values, instead of those of an idle consumer.
    if (standby) return 0;
    const { ack, idempotent, options } = consumer.settings;
    gauges.set(wall, m.UP, consumer.crashed || consumer.cut || this.#queue.down ? 0 : 1);
    consumer.meters.idle(wall);
    gauges.set(wall, m.BLOCKED, blocked);
    gauges.set(wall, m.UNACKED, consumer.unackedDone);
    gauges.set(wall, m.EARLY_ACKS, ack === "early" ? 1 : 0);
    gauges.set(wall, m.NO_ACKS, ack === "never" ? 1 : 0);
    gauges.set(wall, m.GUARD, idempotent ? 1 : 0);
    gauges.set(wall, m.CONFIGURED_TIME, options.processing_time);
    gauges.set(wall, m.UTILISATION, utilisation);
    gauges.set(wall, m.STARVATION, starved);
    gauges.set(wall, m.HELD, consumer.held);
    gauges.set(wall, m.PREFETCH, consumer.prefetch);
    if (this.#queue.partitioned) gauges.set(wall, m.PARTITIONS, consumer.lanes.length);
    return Number.isNaN(utilisation) ? 0 : utilisation;
  }

  #newlyProcessed(consumer: Consumer): number {
    return consumer.processed - this.#state(consumer).recorded;
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

/** Whether it shares the work. */
function active(consumer: Consumer): boolean {
  return consumer.member && !consumer.cut;
}
