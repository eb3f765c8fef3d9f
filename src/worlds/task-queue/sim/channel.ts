import type { Random } from "../../../core/random.ts";
import { formatDuration } from "../../../core/text.ts";
import type { StorageOptions } from "../options.ts";
import type { ChannelLog } from "./channel-log.ts";
import { Deque } from "./deque.ts";
import { Delivery, DeliveryList, type Holder, type Lane, type Message } from "./message.ts";
import { retryDelayMs } from "./retry.ts";
import type { Timeline } from "./timeline.ts";

export type ChannelOptions = StorageOptions & { readonly priorities: number };

/**
 * An ordered channel of messages: a work queue, or one partition of a topic. It implements only the broker
 * side; the queue selects the consumer of the next message after `wake`.
 */
export class Channel {
  readonly name: string;
  options: ChannelOptions;
  /** Retry and dead-letter failed messages; an operator can change it. */
  deadLetter: boolean;
  down = false;
  /** Poison messages fail. */
  poisoned = false;
  /** Share of acknowledgements lost on the broker side, 0..1. */
  ackLoss = 0;
  /** Called when a message is waiting or a consumer can take another one. */
  wake: () => void = () => {};
  readonly log: ChannelLog;
  readonly unacked = new DeliveryList();
  readonly deadLetters = new Deque<Message>();
  /** Messages waiting for a retry. */
  delayed = 0;
  /** Messages in process that are already acknowledged. */
  ackedEarly = 0;
  readonly #timeline: Timeline;
  readonly #random: Random;
  readonly #ready: Deque<Message>[];
  #readyCount = 0;
  #nextId = 1;
  #expiryScheduled = false;
  readonly #expiry = { fire: () => this.#expire() };
  readonly #retry = { fire: (message: Message) => this.#retryDue(message) };

  constructor(name: string, options: ChannelOptions, timeline: Timeline, log: ChannelLog, random: Random) {
    this.name = name;
    this.options = options;
    this.deadLetter = options.dead_letter;
    this.log = log;
    this.#timeline = timeline;
    this.#random = random;
    this.#ready = Array.from({ length: options.priorities }, () => new Deque<Message>());
  }

  /** Messages waiting for a consumer. */
  get depth(): number {
    return this.#readyCount;
  }

  /** All messages that count towards `max_depth`. */
  get size(): number {
    return this.#readyCount + this.delayed + this.unacked.size;
  }

  /** When the oldest waiting message was published, world time; undefined if none is waiting. */
  get oldestSince(): number | undefined {
    let oldest: number | undefined;
    for (const bucket of this.#ready) {
      const since = bucket.front()?.publishedAt;
      if (since !== undefined && (oldest === undefined || since < oldest)) oldest = since;
    }
    return oldest;
  }

  /** Messages that no consumer has started: waiting here, or delivered and waiting at their consumer. */
  get unstarted(): { readonly count: number; readonly oldestSince: number | undefined } {
    let count = this.#readyCount;
    let oldestSince = this.oldestSince;
    for (let each = this.unacked.first; each; each = each.next) {
      if (each.state !== "waiting") continue;
      count += 1;
      const { publishedAt } = each.message;
      if (oldestSince === undefined || publishedAt < oldestSince) oldestSince = publishedAt;
    }
    return { count, oldestSince };
  }

  /** Applies changed options. Settings by an operator stay, unless their option changed. */
  configure(options: ChannelOptions): void {
    if (options.dead_letter !== this.options.dead_letter) this.deadLetter = options.dead_letter;
    while (this.#ready.length < options.priorities) this.#ready.push(new Deque());
    while (this.#ready.length > options.priorities) {
      const removed = this.#ready.pop()!;
      for (let each = removed.popFront(); each; each = removed.popFront()) this.#ready.at(-1)!.pushBack(each);
    }
    this.options = options;
  }

  /** Returns why a message was refused; undefined: it was accepted. */
  publish(priority: number, poison = false): string | undefined {
    if (this.down) return "broker down";
    if (this.size >= this.options.max_depth) {
      this.log.count("refused");
      return "queue full";
    }
    this.log.count("published");
    this.log.totals.published += 1;
    this.#pushBack({
      id: this.#nextId++,
      priority,
      poison,
      publishedAt: this.#timeline.now,
      deliveries: 0,
      retries: 0,
      effects: 0,
      returned: false,
    });
    this.wake();
    return undefined;
  }

  /** Delivers the next message to a consumer; only if `depth` is above 0. */
  deliver(holder: Holder, lane: Lane): Delivery {
    let bucket = this.#ready.length - 1;
    while (this.#ready[bucket]!.size === 0) bucket -= 1;
    this.#readyCount -= 1;
    return this.#deliver(this.#ready[bucket]!.popFront()!, holder, lane);
  }

  /** The broker received an acknowledgement. */
  acknowledge(delivery: Delivery): void {
    this.#close(delivery);
    this.log.count("acked");
    if (delivery.state === "done") {
      this.log.totals.completed += 1;
      return;
    }
    delivery.acked = true;
    this.ackedEarly += 1;
  }

  /** A message with early acknowledgement was processed. */
  completed(delivery: Delivery): void {
    this.#endEarly(delivery);
    this.log.totals.completed += 1;
  }

  /** A message with early acknowledgement will never be processed. */
  lose(delivery: Delivery, reason: string): void {
    this.#endEarly(delivery);
    this.log.lost(delivery.message, reason);
  }

  /** The consumer reports a failure: retry, dead-letter, or redeliver immediately. */
  failed(delivery: Delivery): void {
    const { message } = delivery;
    if (delivery.acked && !this.deadLetter) {
      this.lose(delivery, "processing failed after the acknowledgement");
      return;
    }
    if (delivery.acked) this.#endEarly(delivery);
    else this.#close(delivery);
    if (!this.deadLetter) {
      this.#pushFront(message);
      this.log.failure(failedAgain(message));
    } else if (delivery.permanent || message.retries >= this.options.max_retries) this.#bury(message);
    else this.#retryLater(message);
  }

  /**
   * As `failed` without dead letters, for ordered channels: the same consumer gets the message again first.
   */
  failedInOrder(delivery: Delivery): Delivery {
    const { message, holder, lane } = delivery;
    this.#close(delivery);
    message.returned = true;
    this.log.failure(failedAgain(message));
    return this.#deliver(message, holder, lane);
  }

  /** Returns deliveries to the front, in their order. Settled ones are ignored. */
  requeue(deliveries: readonly Delivery[], reason: string): void {
    for (let i = deliveries.length - 1; i >= 0; i -= 1) {
      const delivery = deliveries[i]!;
      if (!delivery.open) continue;
      this.#close(delivery);
      this.#pushFront(delivery.message);
      this.log.failure(`redelivery, ${reason}: message ${delivery.message.id}`);
    }
  }

  /** Moves all dead letters back to the queue and returns their number. */
  replay(): number {
    let count = 0;
    for (let each = this.deadLetters.popFront(); each; each = this.deadLetters.popFront()) {
      each.retries = 0;
      each.publishedAt = this.#timeline.now;
      this.#pushBack(each);
      count += 1;
    }
    this.wake();
    return count;
  }

  #deliver(message: Message, holder: Holder, lane: Lane): Delivery {
    const deadline = this.#timeline.now + this.options.visibility_timeout;
    const delivery = new Delivery(message, holder, lane, deadline);
    message.deliveries += 1;
    message.returned = false;
    if (delivery.again) this.log.count("redelivered");
    this.unacked.add(delivery);
    holder.unacked += 1;
    this.#watchDeadlines();
    return delivery;
  }

  #pushBack(message: Message): void {
    this.#bucket(message).pushBack(message);
    this.#readyCount += 1;
  }

  /** Returns a delivery without an outcome to its channel. */
  #pushFront(message: Message): void {
    message.returned = true;
    this.#bucket(message).pushFront(message);
    this.#readyCount += 1;
  }

  #bucket({ priority }: Message): Deque<Message> {
    return this.#ready[Math.min(priority, this.#ready.length - 1)]!;
  }

  #close(delivery: Delivery): void {
    delivery.open = false;
    delivery.ackPending = false;
    delivery.holder.unacked -= 1;
    if (delivery.state === "done") delivery.holder.unackedDone -= 1;
    this.unacked.remove(delivery);
  }

  #endEarly(delivery: Delivery): void {
    delivery.acked = false;
    this.ackedEarly -= 1;
  }

  #retryLater(message: Message): void {
    message.retries += 1;
    this.delayed += 1;
    this.log.count("retried");
    const delay = retryDelayMs(message.retries, this.#random);
    this.#timeline.schedule(this.#timeline.now + delay, this.#retry, message);
    const retry = `retry ${message.retries} of ${this.options.max_retries}`;
    this.log.failure(`${retry} in ${formatDuration(delay)}: message ${message.id}`);
  }

  #retryDue(message: Message): void {
    this.delayed -= 1;
    this.#pushBack(message);
    this.wake();
  }

  #bury(message: Message): void {
    if (this.deadLetters.size >= this.options.max_depth) {
      this.log.lost(message, "the dead-letter queue is full");
      return;
    }
    this.deadLetters.pushBack(message);
    this.log.count("deadLettered");
    this.log.failure(`dead letter after ${attempts(message.retries + 1)}: message ${message.id}`, true);
  }

  /** All deliveries of a channel have the same timeout, so one event for the oldest is enough. */
  #watchDeadlines(): void {
    if (this.#expiryScheduled || this.unacked.first === undefined) return;
    this.#expiryScheduled = true;
    this.#timeline.schedule(this.unacked.first.deadline, this.#expiry, undefined);
  }

  #expire(): void {
    this.#expiryScheduled = false;
    const expired: Delivery[] = [];
    for (let each = this.unacked.first; each && each.deadline <= this.#timeline.now; each = each.next) {
      expired.push(each);
    }
    const timeout = formatDuration(this.options.visibility_timeout);
    this.requeue(expired, `not acknowledged within ${timeout}`);
    this.#watchDeadlines();
    if (expired.length > 0) this.wake();
  }
}

function failedAgain({ id, deliveries }: Message): string {
  return `failed, ${attempts(deliveries)}, redelivered immediately: message ${id}`;
}

function attempts(count: number): string {
  return count === 1 ? "1 attempt" : `${count} attempts`;
}
