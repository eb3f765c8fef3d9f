import { SEVERITIES } from "../../core/alert.ts";
import {
  type Attempt,
  DELIVERY_STATES,
  type Delivery,
  type DeliveryState,
  type Notification,
} from "../../core/notification.ts";
import { REMINDERS, type Withdrawn } from "../routing/decision.ts";
import type { Change } from "../routing/memory.ts";

/** A delivery as it is kept on disk. */
export interface Kept extends Delivery {
  /** When it was queued, or queued again, ms since the epoch. */
  readonly since: number;
  /** Failed attempts since then. */
  readonly tries: number;
}

/** What has ended is shown until there are more than this. */
const ENDED_SHOWN = 200;
/** Of those, alerts beyond this are left out. */
const ENDED_ALERTS = 20;
/** The keys of what was delivered are remembered for this long, ms, as long as there are not too many. */
const KEYS_KEPT_MS = 5 * 86_400_000;
const MOST_KEYS = 20_000;
/** What may wait: with more, the oldest of the lowest severity fails. */
const MOST_WAITING = 10_000;
const MOST_ALERTS_WAITING = 100_000;
/** Attempts that are kept of one delivery: the first and the newest. */
const MOST_ATTEMPTS = 40;

const DELIVERIES = "deliveries";
const DELIVERED = "delivered";

/**
 * All deliveries, in bounded memory. Changes are noted to be kept on disk, see `drain`.
 */
export class Deliveries {
  readonly #kept = new Map<string, Kept>();
  /** Keys of what was delivered, and when, oldest first. */
  readonly #delivered = new Map<string, number>();
  readonly #ended = new Set<string>();
  readonly #counts = Object.fromEntries(DELIVERY_STATES.map((state) => [state, 0])) as Record<
    DeliveryState,
    number
  >;
  #changes: Change[] = [];
  #alertsWaiting = 0;
  #duplicates = 0;

  /** A value from disk; the order is that of the file. What was being sent is sent again. What is known is newer. */
  restore(table: string, key: string, value: unknown): void {
    if (table === DELIVERED && !this.#delivered.has(key)) this.#delivered.set(key, value as number);
    if (table !== DELIVERIES || this.#kept.has(key)) return;
    const kept = value as Kept;
    this.#put(kept.state === "processing" ? { ...kept, state: "queued" } : kept);
  }

  get(key: string): Kept | undefined {
    return this.#kept.get(key);
  }

  /** What has not ended. */
  waiting(): readonly Kept[] {
    return [...this.#kept.values()].filter(({ state }) => !isEnded(state));
  }

  /** Newest first. */
  list(): readonly Kept[] {
    return [...this.#kept.values()].reverse();
  }

  /** Those that wait now, and those that ended since the start. */
  get counts(): Readonly<Record<DeliveryState, number>> {
    return { ...this.#counts };
  }

  get duplicates(): number {
    return this.#duplicates;
  }

  /**
   * @param isKept its recipient keeps alerts itself and gets them again and again
   * @returns the delivery; undefined for a key that waits or was delivered already
   */
  add(notification: Notification, isKept: boolean, now: number): Kept | undefined {
    const { key } = notification;
    const known = this.#kept.get(key);
    if (this.#delivered.has(key) || (known !== undefined && !isEnded(known.state))) {
      this.#duplicates += 1;
      return undefined;
    }
    if (notification.reason === "repeat") this.#replaceRepeats(notification, isKept, now);
    const added = this.#save({
      notification,
      state: "queued",
      why: undefined,
      attempts: [],
      nextAt: undefined,
      endedAt: undefined,
      since: now,
      tries: 0,
    });
    this.#makeRoom(now);
    return added;
  }

  /** Notes that something is not sent; it may be later. */
  suppress(notification: Notification, why: string, now: number): void {
    if (this.#kept.has(notification.key) || this.#delivered.has(notification.key)) return;
    const rest = { attempts: [], nextAt: undefined, since: now, tries: 0 };
    this.#save({ ...rest, notification, state: "suppressed", why, endedAt: now });
  }

  /** Suppresses what need not be sent any more. @param isKeeper whether a channel keeps alerts itself */
  withdraw({ fingerprints, why }: Withdrawn, isKeeper: (channel: string) => boolean, now: number): void {
    for (const delivery of this.waiting()) {
      const { notification, state } = delivery;
      const { reason, alerts, channel } = notification;
      if (state !== "queued" || !REMINDERS.includes(reason) || isKeeper(channel)) continue;
      if (alerts.every(({ fingerprint }) => fingerprints.has(fingerprint)))
        this.end(delivery, "suppressed", why, now);
    }
  }

  /** Replaces a delivery by a later state of it. */
  update(delivery: Kept): Kept {
    return this.#save(delivery);
  }

  /** Marks that an attempt runs; not kept on disk, since it would be made again. */
  begin(delivery: Kept): Kept {
    return this.#put({ ...delivery, state: "processing", why: undefined });
  }

  end(
    delivery: Kept,
    state: "delivered" | "failed" | "suppressed",
    why: string | undefined,
    now: number,
  ): Kept {
    const { key } = delivery.notification;
    if (state === "delivered") {
      this.#delivered.set(key, now);
      this.#changes.push([DELIVERED, key, now]);
    }
    return this.#save({ ...delivery, state, why, nextAt: undefined, endedAt: now });
  }

  /** Makes a delivery that failed wait again. */
  again(delivery: Kept, now: number): Kept {
    return this.#save({
      ...delivery,
      state: "queued",
      why: undefined,
      endedAt: undefined,
      since: now,
      tries: 0,
    });
  }

  /** The changes since the last call. */
  drain(): readonly Change[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  /** The present state, as changes from nothing. */
  *present(): Iterable<Change> {
    for (const [key, at] of this.#delivered) yield [DELIVERED, key, at];
    for (const [key, delivery] of this.#kept) yield [DELIVERIES, key, delivery];
  }

  /** Forgets what ended long ago. */
  trim(now: number): void {
    for (const key of this.#ended) {
      if (this.#ended.size <= ENDED_SHOWN) break;
      this.#forget(key);
    }
    for (const [key, at] of this.#delivered) {
      if (now - at <= KEYS_KEPT_MS && this.#delivered.size <= MOST_KEYS) break;
      this.#delivered.delete(key);
      this.#changes.push([DELIVERED, key, null]);
    }
  }

  #save(delivery: Kept): Kept {
    const saved = this.#put(delivery);
    if (isEnded(saved.state)) this.#counts[saved.state] += 1;
    this.#changes.push([DELIVERIES, delivery.notification.key, saved]);
    return saved;
  }

  #put(delivery: Kept): Kept {
    const { key } = delivery.notification;
    const put = isEnded(delivery.state) ? shortened(delivery) : delivery;
    const before = this.#kept.get(key);
    // What ends, and what begins anew, is the newest.
    const isMoved = before === undefined || isEnded(before.state) !== isEnded(put.state);
    this.#count(before, -1);
    this.#count(put, 1);
    if (isMoved) {
      this.#kept.delete(key);
      this.#ended.delete(key);
    }
    this.#kept.set(key, put);
    if (isEnded(put.state)) this.#ended.add(key);
    return put;
  }

  #drop(key: string): void {
    this.#count(this.#kept.get(key), -1);
    this.#kept.delete(key);
    this.#ended.delete(key);
  }

  #forget(key: string): void {
    this.#drop(key);
    this.#changes.push([DELIVERIES, key, null]);
  }

  #count(delivery: Kept | undefined, by: 1 | -1): void {
    if (delivery === undefined || isEnded(delivery.state)) return;
    this.#counts[delivery.state] += by;
    this.#alertsWaiting += by * delivery.notification.alerts.length;
  }

  /**
   * A reminder contains all that an older one does, so that a recipient that was down gets one. Of what is sent every
   * minute only the newest is listed at all: it would soon displace everything else.
   */
  #replaceRepeats({ groupKey, receiver, channel }: Notification, isKept: boolean, now: number): void {
    for (const delivery of isKept ? [...this.#kept.values()] : this.waiting()) {
      const { notification, state } = delivery;
      if (state === "processing" || notification.reason !== "repeat") continue;
      if (notification.groupKey !== groupKey) continue;
      if (notification.receiver !== receiver || notification.channel !== channel) continue;
      if (isKept) this.#forget(notification.key);
      else this.end(delivery, "suppressed", "replaced by a newer reminder", now);
    }
  }

  #makeRoom(now: number): void {
    const isFull = () =>
      this.#counts.queued + this.#counts.processing > MOST_WAITING ||
      this.#alertsWaiting > MOST_ALERTS_WAITING;
    if (!isFull()) return;
    const queued = this.waiting().filter(({ state }) => state === "queued");
    const first = queued.sort((a, b) => rankOf(a) - rankOf(b) || a.since - b.since);
    for (const delivery of first) {
      if (!isFull()) return;
      this.end(delivery, "failed", "the queue is full", now);
    }
  }
}

/** The attempts with one more; the first ones are kept and the newest. */
export function withAttempt(attempts: readonly Attempt[], attempt: Attempt): readonly Attempt[] {
  const all = [...attempts, attempt];
  return all.length <= MOST_ATTEMPTS ? all : all.toSpliced(MOST_ATTEMPTS / 2, 1);
}

export function isEnded(state: DeliveryState): boolean {
  return state === "delivered" || state === "failed" || state === "suppressed";
}

export function rankOf({ notification }: Delivery): number {
  return SEVERITIES.indexOf(notification.severity);
}

/** What was delivered or suppressed is shown only; what failed may be sent again. */
function shortened(delivery: Kept): Kept {
  const { notification, state } = delivery;
  if (state === "failed" || notification.alerts.length <= ENDED_ALERTS) return delivery;
  return {
    ...delivery,
    notification: { ...notification, alerts: notification.alerts.slice(0, ENDED_ALERTS) },
  };
}
