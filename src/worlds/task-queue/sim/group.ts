import type { ConsumerOptions } from "../options.ts";
import { Autoscaler } from "./autoscaler.ts";
import type { Consumer, GroupSettings } from "./consumer.ts";
import type { Queue } from "./queue.ts";
import type { Timeline } from "./timeline.ts";

/** Adds and removes the entities of consumers that are not in the config. */
export interface ConsumerHost {
  /** @param index from 1 */
  addConsumer(group: Group, index: number): Consumer;
  removeConsumer(consumer: Consumer): void;
}

/** Consumers that share the work of a queue; scaled by an operator or automatically. */
export class Group {
  readonly name: string;
  readonly queue: Queue;
  readonly settings: GroupSettings;
  /** In the order of their numbers, including leaving and stand-by consumers. */
  readonly consumers: { readonly index: number; readonly consumer: Consumer }[] = [];
  readonly #host: ConsumerHost;
  readonly #timeline: Timeline;
  readonly #autoscaler: Autoscaler;

  constructor(options: ConsumerOptions, queue: Queue, timeline: Timeline, host: ConsumerHost) {
    this.name = options.name;
    this.queue = queue;
    this.#host = host;
    this.#timeline = timeline;
    this.#autoscaler = new Autoscaler(timeline.now);
    const { prefetch, ack, idempotent } = options;
    this.settings = { options, prefetch, ack, idempotent };
  }

  /** The number of active consumers, including those that are down. */
  get size(): number {
    return this.consumers.filter(({ consumer }) => consumer.state === "running").length;
  }

  /** Applies changed options. Settings by an operator stay, unless their option changed. */
  configure(options: ConsumerOptions): void {
    const { settings } = this;
    const before = settings.options;
    settings.options = options;
    if (options.prefetch !== before.prefetch) settings.prefetch = options.prefetch;
    if (options.ack !== before.ack) settings.ack = options.ack;
    if (options.idempotent !== before.idempotent) settings.idempotent = options.idempotent;
  }

  add(index: number, consumer: Consumer): void {
    const at = this.consumers.findIndex((each) => each.index > index);
    consumer.number = index;
    this.consumers.splice(at < 0 ? this.consumers.length : at, 0, { index, consumer });
    this.queue.join(consumer);
  }

  remove(consumer: Consumer): void {
    const at = this.consumers.findIndex((each) => each.consumer === consumer);
    if (at >= 0) this.consumers.splice(at, 1);
    if (!consumer.crashed) this.queue.crash(consumer);
    this.queue.forget(consumer);
  }

  /**
   * Starts or stops consumers until there are `size`. The newest stop first and finish their messages in
   * process.
   */
  scale(size: number): void {
    while (this.size > size) {
      const { consumer } = this.consumers.findLast((each) => each.consumer.state === "running")!;
      consumer.state = "leaving";
      this.queue.leave(consumer);
    }
    while (this.size < size) {
      const idle = this.consumers.find((each) => each.consumer.state !== "running");
      if (idle) {
        idle.consumer.state = "running";
        if (idle.consumer.member) this.queue.join(idle.consumer);
        continue;
      }
      let index = 1;
      while (this.consumers.some((each) => each.index === index)) index += 1;
      this.add(index, this.#host.addConsumer(this, index));
    }
  }

  /** Runs autoscaling and removes consumers that have finished their last message. */
  step(): void {
    const { autoscale } = this.settings.options;
    if (autoscale) {
      const { now } = this.#timeline;
      this.scale(this.#autoscaler.decide(now, this.size, this.queue.depth, autoscale));
    }
    for (const { consumer } of this.consumers.filter((each) => each.consumer.state === "leaving")) {
      if (consumer.working > 0) continue;
      if (consumer.declared) {
        this.queue.forget(consumer);
        consumer.state = "standby";
      } else {
        this.remove(consumer);
        this.#host.removeConsumer(consumer);
      }
    }
  }
}
