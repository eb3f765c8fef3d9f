import type { Deque } from "./deque.ts";

/** One message. It is in exactly one place: waiting, delayed, in flight, processed, a dead letter, or lost. */
export interface Message {
  readonly id: number;
  /** The higher, the sooner it is delivered. */
  readonly priority: number;
  /** Cannot be processed while the fault that published it is active. */
  readonly poison: boolean;
  /** World time, ms. */
  publishedAt: number;
  /** How often it was handed to a consumer. */
  deliveries: number;
  /** How often processing it failed and was tried again. */
  retries: number;
  /** How often its side effect happened. More than once is a duplicate. */
  effects: number;
  /** It came back to the queue without an outcome: its next delivery is a redelivery. */
  returned: boolean;
}

/** Who holds a delivery: a consumer. */
export interface Holder {
  readonly name: string;
  /** Deliveries that the broker is waiting to have acknowledged. */
  unacked: number;
}

/** The messages of one queue or partition that a consumer has received and not begun to process. */
export interface Lane {
  readonly waiting: Deque<Delivery>;
  /** Messages in process. */
  working: number;
}

/** One message handed to one consumer. Times are world times, ms. */
export class Delivery {
  readonly message: Message;
  readonly holder: Holder;
  readonly lane: Lane;
  /** When the message becomes visible to others again unless it is acknowledged. */
  readonly deadline: number;
  state: "waiting" | "working" | "done" = "waiting";
  /** The broker is waiting for the acknowledgement. */
  open = true;
  /** It was acknowledged before it was processed: the broker will not deliver it again. */
  acked = false;
  /** Its outcome (the acknowledgement, or that it failed) waits for the connection to come back. */
  ackPending = false;
  /** The message had been delivered before, without an outcome. */
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

/** Unacknowledged deliveries in the order of their delivery. Removing one costs the same wherever it stands. */
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

  /** Those of one holder, or all, in order. */
  of(holder: Holder | undefined): Delivery[] {
    const found: Delivery[] = [];
    for (let each = this.first; each; each = each.next) {
      if (holder === undefined || each.holder === holder) found.push(each);
    }
    return found;
  }
}
