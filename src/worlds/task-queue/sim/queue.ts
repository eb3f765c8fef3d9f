import type { Random } from "../../../core/random.ts";
import { type Effects, noEffects } from "../effects.ts";
import { assign, rotate } from "./assignment.ts";
import type { Channel } from "./channel.ts";
import type { Consumer } from "./consumer.ts";
import { ConsumerLane } from "./consumer-lane.ts";
import type { Timeline } from "./timeline.ts";

/** A queue or partition with its faults. */
export interface Part {
  readonly channel: Channel;
  readonly effects: Effects;
  /** Its consumer; only partitions have an owner. */
  owner: Consumer | undefined;
  lane: ConsumerLane | undefined;
  /** Poison messages published for the active fault. */
  poisonGiven: number;
  dispatching: boolean;
}

/**
 * A work queue (one part, any consumer) or a topic (a part for each partition): routing, delivery,
 * membership.
 */
export class Queue {
  readonly name: string;
  readonly partitioned: boolean;
  readonly effects: Effects = noEffects();
  /** Poison messages published for the active fault on the whole queue. */
  poisonGiven = 0;
  readonly parts: Part[] = [];
  /** In the order in which they joined, including unreachable ones. */
  readonly consumers: Consumer[] = [];
  readonly random: Random;
  readonly #timeline: Timeline;
  #turn = 0;
  readonly #external = { fire: () => void this.publish(this.random) };
  readonly #session = { fire: (consumer: Consumer) => this.#sessionOver(consumer) };

  constructor(name: string, partitioned: boolean, timeline: Timeline, random: Random) {
    this.name = name;
    this.partitioned = partitioned;
    this.#timeline = timeline;
    this.random = random;
  }

  get channels(): Channel[] {
    return this.parts.map(({ channel }) => channel);
  }

  /** Messages waiting for a consumer, in all parts. */
  get depth(): number {
    return this.parts.reduce((sum, { channel }) => sum + channel.depth, 0);
  }

  get down(): boolean {
    return this.parts.every(({ channel }) => channel.down);
  }

  addPart(channel: Channel): Part {
    const part: Part = {
      channel,
      effects: noEffects(),
      owner: undefined,
      lane: undefined,
      poisonGiven: 0,
      dispatching: false,
    };
    channel.wake = () => this.#dispatch(part);
    this.parts.push(part);
    return part;
  }

  removePart(channel: Channel): void {
    const index = this.parts.findIndex((part) => part.channel === channel);
    const [part] = this.parts.splice(index, 1);
    if (part) this.#give(part, undefined, "the partition was removed");
    channel.wake = () => {};
  }

  /** Publishes one message. @param random selects priority or partition. Returns why it was refused. */
  publish(random: Random, priority?: number): string | undefined {
    if (!this.partitioned) {
      const { channel } = this.parts[0]!;
      const count = channel.options.priorities;
      return channel.publish(priority ?? (count > 1 ? Math.floor(random.next() * count) : 0));
    }
    let chosen = this.parts[Math.floor(random.next() * this.parts.length)]!;
    for (const part of this.parts) {
      if (part.effects.hotShare > 0 && this.random.chance(part.effects.hotShare)) chosen = part;
    }
    return chosen.channel.publish(0);
  }

  /** Publishes one poison message to a part, or to any part. Returns why it was refused. */
  publishPoison(part?: Part): string | undefined {
    const chosen = part ?? this.parts[Math.floor(this.random.next() * this.parts.length)]!;
    return chosen.channel.publish(0, true);
  }

  /** Receives a message from another world, which can be ahead of this one. @param at world time, ms */
  receive(at: number): string | undefined {
    if (this.down) return "broker down";
    if (this.parts.every(({ channel }) => channel.size >= channel.options.max_depth)) return "queue full";
    this.#timeline.schedule(at, this.#external, undefined);
    return undefined;
  }

  join(consumer: Consumer): void {
    if (!this.consumers.includes(consumer)) this.consumers.push(consumer);
    if (this.partitioned) {
      this.reassign("a consumer joined");
      return;
    }
    const part = this.parts[0]!;
    if (consumer.lanes.length === 0) consumer.lanes.push(new ConsumerLane(part.channel, false));
    part.channel.wake();
  }

  /** The consumer stops taking messages and finishes those in process. */
  leave(consumer: Consumer): void {
    if (this.partitioned) this.reassign(`${consumer.name} left`);
    else for (const lane of consumer.lanes) consumer.release(lane, `${consumer.name} left`, true);
    this.wake();
  }

  /** Removes the consumer. */
  forget(consumer: Consumer): void {
    const index = this.consumers.indexOf(consumer);
    if (index >= 0) this.consumers.splice(index, 1);
    this.#releaseAll(consumer, `${consumer.name} left`);
    consumer.lanes.length = 0;
    if (this.partitioned) this.reassign(`${consumer.name} left`);
    this.wake();
  }

  crash(consumer: Consumer): void {
    consumer.crash();
    this.#gone(consumer, `${consumer.name} crashed`);
  }

  restart(consumer: Consumer): void {
    consumer.restart();
    if (consumer.state === "running") this.join(consumer);
  }

  disconnect(consumer: Consumer): void {
    consumer.cut = true;
    const timeout = this.parts[0]?.channel.options.session_timeout ?? 0;
    this.#timeline.schedule(this.#timeline.now + timeout, this.#session, consumer);
    consumer.cutUntil = this.#timeline.now + timeout;
  }

  reconnect(consumer: Consumer): void {
    consumer.reconnect(this.channels);
    if (consumer.member) this.join(consumer);
    this.wake();
  }

  /**
   * The broker stops: connections break, and unacknowledged messages are back in the queue after a restart.
   */
  stop({ channel }: Part): void {
    channel.down = true;
    for (const consumer of this.consumers) {
      for (const lane of consumer.lanes) if (lane.channel === channel) consumer.forgetWaiting(lane);
    }
    channel.requeue(channel.unacked.of(undefined), "the broker was down");
  }

  start({ channel }: Part): void {
    channel.down = false;
    channel.wake();
  }

  /** Assigns partitions. @param all move every partition, if there are other consumers */
  reassign(reason: string, all = false): void {
    const members = this.consumers.filter((consumer) => consumer.member);
    const owners = this.parts.map(({ owner }) => owner);
    const next = all && members.length > 0 ? rotate(owners, members) : assign(owners, members);
    this.parts.forEach((part, i) => {
      if (all || part.owner !== next[i]) this.#give(part, undefined, reason);
    });
    this.parts.forEach((part, i) => {
      if (part.owner !== next[i]) this.#give(part, next[i], reason);
    });
    this.wake();
  }

  #give(part: Part, owner: Consumer | undefined, reason: string): void {
    if (part.owner && part.lane) {
      part.owner.lanes.splice(part.owner.lanes.indexOf(part.lane), 1);
      part.owner.release(part.lane, reason, part.owner.state === "leaving");
    }
    part.owner = owner;
    part.lane = owner && new ConsumerLane(part.channel, true);
    if (owner && part.lane) owner.lanes.push(part.lane);
  }

  #gone(consumer: Consumer, reason: string): void {
    this.#releaseAll(consumer, reason);
    if (this.partitioned) this.reassign(reason);
    this.wake();
  }

  #releaseAll(consumer: Consumer, reason: string): void {
    for (const lane of consumer.lanes) consumer.release(lane, reason);
    // It can still hold messages of revoked partitions.
    for (const { channel } of this.parts) channel.requeue(channel.unacked.of(consumer), reason);
  }

  #sessionOver(consumer: Consumer): void {
    if (!consumer.cut || consumer.expelled || this.#timeline.now < consumer.cutUntil) return;
    consumer.expelled = true;
    this.#gone(consumer, `${consumer.name} is unreachable`);
  }

  /** Delivers messages as far as possible. */
  wake(): void {
    for (const { channel } of this.parts) channel.wake();
  }

  #dispatch(part: Part): void {
    const { channel } = part;
    // A delivery can allow further ones, which the running loop handles.
    if (part.dispatching) return;
    part.dispatching = true;
    while (channel.depth > 0 && !channel.down) {
      const consumer = this.partitioned ? part.owner : this.#nextConsumer();
      const lane = this.partitioned ? part.lane : consumer?.lanes[0];
      if (consumer === undefined || lane === undefined || !consumer.hasRoom(lane)) break;
      consumer.take(lane, channel.deliver(consumer, lane));
    }
    part.dispatching = false;
  }

  /** In turn, but consumers with a prefetch hog fault first. */
  #nextConsumer(): Consumer | undefined {
    const { consumers } = this;
    let chosen = -1;
    for (let i = 0; i < consumers.length; i += 1) {
      const index = (this.#turn + i) % consumers.length;
      const consumer = consumers[index]!;
      if (chosen >= 0 && !consumer.greedy) continue;
      const lane = consumer.lanes[0];
      if (lane === undefined || !consumer.hasRoom(lane)) continue;
      chosen = index;
      if (consumer.greedy) break;
    }
    if (chosen < 0) return undefined;
    this.#turn = chosen + 1;
    return consumers[chosen];
  }
}
