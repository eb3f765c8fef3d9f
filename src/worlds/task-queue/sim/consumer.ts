import type { Random } from "../../../core/random.ts";
import { type Effects, eitherShare, noEffects } from "../effects.ts";
import type { AckMode, ConsumerOptions } from "../options.ts";
import type { Channel } from "./channel.ts";
import type { ConsumerLane } from "./consumer-lane.ts";
import type { ConsumerMeters } from "./consumer-meters.ts";
import type { Delivery, Holder } from "./message.ts";
import { PendingCrash } from "./pending-crash.ts";
import { distributions } from "./processing-time.ts";
import type { Timeline } from "./timeline.ts";

/**
 * The side effect of a message happens at this share of its processing: a later crash does not prevent it.
 */
const SIDE_EFFECT_AT = 0.5;

/** The settings of a consumer group; an operator can change them. */
export interface GroupSettings {
  options: ConsumerOptions;
  prefetch: number;
  ack: AckMode;
  idempotent: boolean;
}

/** A consumer instance: receives messages, processes some concurrently, and acknowledges them. */
export class Consumer implements Holder {
  readonly name: string;
  /** Declared in the config: after scaling down it remains as a stand-by. */
  declared = true;
  /** Its number within the group, from 1. */
  number = 0;
  meters: ConsumerMeters;
  readonly settings: GroupSettings;
  readonly effects: Effects = noEffects();
  state: "running" | "leaving" | "standby" = "running";
  crashed = false;
  /** No connection to the broker. */
  cut = false;
  /** World time until which the broker waits for a disconnected consumer, ms. */
  cutUntil = 0;
  /** The broker removed it because it was unreachable for too long. */
  expelled = false;
  unacked = 0;
  unackedDone = 0;
  /** Received messages that are not finished. */
  held = 0;
  /** Totals since the start. */
  processed = 0;
  busyMs = 0;
  readonly lanes: ConsumerLane[] = [];
  readonly #timeline: Timeline;
  readonly #random: Random;
  readonly #jobs: Delivery[] = [];
  #lastAt: number;
  #nextLane = 0;
  #pendingCrash: PendingCrash | undefined;

  constructor(
    name: string,
    settings: GroupSettings,
    timeline: Timeline,
    meters: ConsumerMeters,
    random: Random,
  ) {
    this.name = name;
    this.settings = settings;
    this.meters = meters;
    this.#timeline = timeline;
    this.#random = random;
    this.#lastAt = timeline.now;
  }

  /** Whether the broker counts it as a consumer of its queue. */
  get member(): boolean {
    return this.state === "running" && !this.crashed && !this.expelled;
  }

  get working(): number {
    return this.#jobs.length;
  }

  get concurrency(): number {
    return this.settings.options.concurrency;
  }

  /** Unacknowledged messages per message in process, or per partition. */
  get prefetch(): number {
    return Math.max(this.effects.prefetch, this.settings.prefetch);
  }

  /** Whether it takes messages before all others. */
  get greedy(): boolean {
    return this.effects.prefetch > 0;
  }

  get #ackMode(): AckMode {
    return this.effects.neverAck ? "never" : this.settings.ack;
  }

  /** Whether it can take another message of a lane. */
  hasRoom(lane: ConsumerLane): boolean {
    if (!this.member || this.cut) return false;
    if (lane.ordered) return lane.waiting.size + lane.working < this.prefetch;
    return this.held < this.#limit && this.unacked < this.#limit;
  }

  /** Idle, because unacknowledged messages that it has finished fill its prefetch. */
  get blocked(): boolean {
    const [lane] = this.lanes;
    return lane !== undefined && !lane.ordered && this.held === 0 && this.unacked >= this.#limit;
  }

  get #limit(): number {
    return this.greedy ? this.prefetch : this.prefetch * this.concurrency;
  }

  take(lane: ConsumerLane, delivery: Delivery): void {
    if (delivery.again) this.meters.receivedAgain(this.#timeline.wall);
    lane.waiting.pushBack(delivery);
    this.held += 1;
    this.#startNext();
  }

  /** Adds the busy time until now. */
  account(): void {
    const { now } = this.#timeline;
    this.busyMs += (now - this.#lastAt) * this.#jobs.length;
    this.#lastAt = now;
  }

  /** The event at the end of processing. */
  fire(delivery: Delivery): void {
    if (delivery.cancelled) return;
    this.account();
    this.#jobs.splice(this.#jobs.indexOf(delivery), 1);
    this.held -= 1;
    delivery.state = "done";
    if (delivery.open) this.unackedDone += 1;
    const lane = delivery.lane as ConsumerLane;
    lane.working -= 1;
    const took = this.#timeline.now - delivery.startedAt;
    lane.channel.log.finished(delivery.message, took, !delivery.fails);
    this.meters.finished(this.#timeline.wall, took, !delivery.fails);
    if (delivery.fails) this.#failed(lane, delivery);
    else this.#succeeded(lane, delivery);
    lane.channel.wake();
    this.#startNext();
  }

  /** The process crashes: it stops processing and drops its received messages. */
  crash(): void {
    this.account();
    this.crashed = true;
    this.cancelCrash();
    for (const delivery of this.#jobs.splice(0)) {
      delivery.cancelled = true;
      const lane = delivery.lane as ConsumerLane;
      lane.working -= 1;
      const share =
        (this.#timeline.now - delivery.startedAt) / Math.max(1e-9, delivery.endsAt - delivery.startedAt);
      if (!delivery.fails && share >= SIDE_EFFECT_AT) this.#sideEffect(lane, delivery);
      if (delivery.acked) {
        lane.channel.lose(delivery, `${this.name} crashed after acknowledging it`);
        this.meters.lost(this.#timeline.wall);
      }
    }
    this.held = 0;
    for (const lane of this.lanes) lane.waiting.clear();
  }

  /** Calls `crash` in the middle of the current or next message, or after a while without one. */
  crashSoon(crash: () => void): void {
    if (this.#pendingCrash !== undefined) return;
    this.#pendingCrash = new PendingCrash(this.#timeline, crash);
    for (const delivery of this.#jobs) this.#pendingCrash.during(delivery);
  }

  cancelCrash(): void {
    this.#pendingCrash?.cancel();
    this.#pendingCrash = undefined;
  }

  restart(): void {
    this.crashed = false;
    this.expelled = this.cut;
  }

  /**
   * The broker revokes a lane: messages that were not started are dropped, and unacknowledged ones are returned.
   * @param keepWorking messages in process stay with it and will be acknowledged
   */
  release(lane: ConsumerLane, reason: string, keepWorking = false): void {
    this.forgetWaiting(lane);
    const open = lane.channel.unacked.of(this);
    lane.channel.requeue(keepWorking ? open.filter(({ state }) => state !== "working") : open, reason);
  }

  /** Drops received messages that were not started. */
  forgetWaiting(lane: ConsumerLane): void {
    this.held -= lane.waiting.size;
    lane.waiting.clear();
  }

  /** Reports messages that finished while it was disconnected. @param channels the channels of its queue */
  reconnect(channels: readonly Channel[]): void {
    this.cut = false;
    this.expelled = false;
    for (const channel of channels) {
      for (const delivery of channel.unacked.of(this)) {
        if (!delivery.ackPending) continue;
        const lane = delivery.lane as ConsumerLane;
        if (delivery.state === "done" && delivery.fails) this.#failed(lane, delivery);
        else this.#acknowledge(lane, delivery);
      }
    }
  }

  #startNext(): void {
    while (!this.crashed && this.#jobs.length < this.concurrency) {
      const lane = this.#startable();
      if (lane === undefined) return;
      this.#start(lane, lane.waiting.popFront()!);
    }
  }

  #startable(): ConsumerLane | undefined {
    for (let i = 0; i < this.lanes.length; i += 1) {
      const index = (this.#nextLane + i) % this.lanes.length;
      const lane = this.lanes[index]!;
      if (lane.waiting.size === 0 || (lane.ordered && lane.working > 0)) continue;
      this.#nextLane = index + 1;
      return lane;
    }
    return undefined;
  }

  #start(lane: ConsumerLane, delivery: Delivery): void {
    this.account();
    const { failure_rate, permanent_failures, processing_time, distribution } = this.settings.options;
    const { channel } = lane;
    const random = this.#random;
    const fails = random.chance(failure_rate);
    const poisonous = delivery.message.poison && channel.poisoned;
    delivery.fails = fails || poisonous;
    delivery.permanent = fails && permanent_failures > 0 && random.chance(permanent_failures);
    delivery.state = "working";
    delivery.startedAt = this.#timeline.now;
    const took = distributions[distribution](random, processing_time) * this.effects.slowdown;
    delivery.endsAt = this.#timeline.now + took;
    lane.working += 1;
    this.#jobs.push(delivery);
    channel.log.started(delivery.message);
    if (this.#ackMode === "early") this.#acknowledge(lane, delivery);
    this.#timeline.schedule(delivery.endsAt, this, delivery);
    this.#pendingCrash?.during(delivery);
  }

  #succeeded(lane: ConsumerLane, delivery: Delivery): void {
    this.processed += 1;
    this.#sideEffect(lane, delivery);
    if (delivery.acked) lane.channel.completed(delivery);
    else if (this.#ackMode !== "never") this.#acknowledge(lane, delivery);
  }

  #failed(lane: ConsumerLane, delivery: Delivery): void {
    const { channel } = lane;
    const reachable = !this.cut && !channel.down;
    if (delivery.acked) {
      if (reachable) channel.failed(delivery);
      else channel.lose(delivery, `${this.name} could not republish it`);
      return;
    }
    // Without a response the broker redelivers it after the visibility timeout.
    if (!delivery.open || this.#ackMode === "never") return;
    if (!reachable) {
      delivery.ackPending = true;
      return;
    }
    if (!lane.ordered || channel.deadLetter || !this.lanes.includes(lane)) {
      channel.failed(delivery);
      return;
    }
    lane.waiting.pushFront(channel.failedInOrder(delivery));
    this.held += 1;
    this.meters.receivedAgain(this.#timeline.wall);
  }

  #acknowledge({ channel, ordered }: ConsumerLane, delivery: Delivery): void {
    if (!delivery.open) return;
    if (this.cut || channel.down) {
      delivery.ackPending = true;
      return;
    }
    const loss = eitherShare(this.effects.ackLoss, channel.ackLoss);
    if (loss > 0 && this.#random.chance(loss)) return;
    // A commit includes all messages processed before it in the partition.
    for (let first = channel.unacked.first; ordered && first && first !== delivery; ) {
      if (first.state !== "done" || first.fails) break;
      channel.acknowledge(first);
      first = channel.unacked.first;
    }
    channel.acknowledge(delivery);
  }

  #sideEffect({ channel }: ConsumerLane, { message }: Delivery): void {
    if (channel.log.sideEffect(message, this.settings.idempotent) === "duplicate") {
      this.meters.duplicate(this.#timeline.wall);
    }
  }
}
