import type { Deque } from "./deque.ts";

/** One message. It is in exactly one state: waiting, delayed, in flight, processed, dead letter, or lost. */
export interface Message {
  readonly id: number;
  /** Higher priorities are delivered first. */
  readonly priority: number;
  /** Cannot be processed while the fault that published it is active. */
  readonly poison: boolean;
  /** World time, ms. */
  publishedAt: number;
  /** Number of deliveries. */
  deliveries: number;
  /** Number of retries after failures. */
  retries: number;
  /** Number of side effects. More than one is a duplicate. */
  effects: number;
  /** It returned to the queue without an outcome: the next delivery is a redelivery. */
  returned: boolean;
}

/** The holder of a delivery: a consumer. */
export interface Holder {
  readonly name: string;
  /** Deliveries that the broker expects an acknowledgement for. */
  unacked: number;
  /** Those of them whose processing has ended. */
  unackedDone: number;
}

/** The messages of one queue or partition that a consumer has received but not started. */
export interface Lane {
  readonly waiting: Deque<Delivery>;
  /** Messages in process. */
  working: number;
}

/** One delivery of a message to a consumer. Times are world times, ms. */
export class Delivery {
  readonly message: Message;
  readonly holder: Holder;
  readonly lane: Lane;
  /** When the message becomes visible again, unless acknowledged. */
  readonly deadline: number;
  state: "waiting" | "working" | "done" = "waiting";
  /** The broker waits for the acknowledgement. */
  open = true;
  /** Acknowledged before processing: the broker will not redeliver it. */
  acked = false;
  /** Its outcome (acknowledgement or failure) waits for the connection. */
  ackPending = false;
  /** The message was delivered before without an outcome. */
  readonly again: boolean;
  /** The consumer crashed while processing it. */
  cancelled = false;
  fails = false;
  permanent = false;
  startedAt = Number.NaN;
  endsAt = Number.NaN;
  previous: Delivery | undefined;
  next: Delivery | undefined;

  constructor(message: Message, holder: Holder, lane: Lane, deadline: number) {
    this.message = message;
    this.again = message.returned;
    this.holder = holder;
    this.lane = lane;
    this.deadline = deadline;
  }
}

/** Unacknowledged deliveries in order. Removing one takes constant time. */
export class DeliveryList {
  size = 0;
  first: Delivery | undefined;
  #last: Delivery | undefined;

  add(delivery: Delivery): void {
    delivery.previous = this.#last;
    if (this.#last) this.#last.next = delivery;
    else this.first = delivery;
    this.#last = delivery;
    this.size += 1;
  }

  remove(delivery: Delivery): void {
    const { previous, next } = delivery;
    if (previous) previous.next = next;
    else this.first = next;
    if (next) next.previous = previous;
    else this.#last = previous;
    delivery.previous = undefined;
    delivery.next = undefined;
    this.size -= 1;
  }

  /** The deliveries of one holder, or all, in order. */
  of(holder: Holder | undefined): Delivery[] {
    const found: Delivery[] = [];
    for (let each = this.first; each; each = each.next) {
      if (holder === undefined || each.holder === holder) found.push(each);
    }
    return found;
  }
}
