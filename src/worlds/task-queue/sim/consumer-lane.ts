import type { Channel } from "./channel.ts";
import { Deque } from "./deque.ts";
import type { Delivery, Lane } from "./message.ts";

/** The messages that a consumer has received from one queue or partition. */
export class ConsumerLane implements Lane {
  readonly channel: Channel;
  /** A partition: one message at a time, in order. */
  readonly ordered: boolean;
  readonly waiting = new Deque<Delivery>();
  working = 0;

  constructor(channel: Channel, ordered: boolean) {
    this.channel = channel;
    this.ordered = ordered;
  }
}
