import type { Cancel, Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/log.ts";
import type { Attempt, ChannelHealth } from "../../core/notification.ts";
import { formatDuration } from "../../core/text.ts";
import type { ChannelConfig } from "../settings.ts";
import type { Attempted, OpenChannel } from "../types.ts";
import { Breaker } from "./breaker.ts";
import { isEnded, type Kept, rankOf } from "./deliveries.ts";
import { givenUpAt, retryDelay } from "./retry.ts";
import { TokenBucket } from "./token-bucket.ts";

/** Attempts at the same time. */
const CONCURRENCY = 4;
/** The latency is the mean of so many newest attempts. */
const LATENCIES = 20;
/** No recipient is obeyed for longer, ms. */
const LONGEST_RETRY_AFTER_MS = 3_600_000;

export interface LaneParts {
  readonly clock: Clock;
  readonly log: Logger;
  /** How often breakers have opened in this run, by channel. It outlives the lane of a channel that is edited away. */
  readonly openings: Map<string, number>;
}

/** What a lane reports about its deliveries. */
export interface LaneEvents {
  begin(delivery: Kept): Kept;
  /** An attempt failed and is made again at `nextAt`, ms since the epoch. */
  failedOnce(delivery: Kept, attempt: Attempt, nextAt: number): Kept;
  ended(delivery: Kept, state: "delivered" | "failed", why: string | undefined, attempt?: Attempt): void;
  /** An attempt was given up because the program ends. */
  released(delivery: Kept): void;
}

/** The queue of one channel and its attempts, independent of all others. */
export class Lane {
  readonly #clock: Clock;
  readonly #events: LaneEvents;
  readonly #log: Logger;
  readonly #openings: Map<string, number>;
  readonly #breaker = new Breaker((state) => this.#breakerIs(state));
  readonly #buckets = new Map<string, TokenBucket>();
  /** In the order of arrival; what an attempt runs for is in `#running`. */
  #waiting: Kept[] = [];
  readonly #running = new Set<Kept>();
  /** Of both. */
  readonly #keys = new Set<string>();
  readonly #abort = new AbortController();
  #config: ChannelConfig;
  #channel: OpenChannel;
  /** The recipient asked for no attempts before, ms since the epoch. */
  #pausedUntil = 0;
  #latencies: number[] = [];
  #delivered = 0;
  #failed = 0;
  #problem: string | undefined;
  #cancel: Cancel = () => {};
  #isClosed = false;

  constructor(config: ChannelConfig, channel: OpenChannel, parts: LaneParts, events: LaneEvents) {
    this.#config = config;
    this.#channel = channel;
    this.#clock = parts.clock;
    this.#openings = parts.openings;
    this.#events = events;
    this.#log = parts.log.bind({ channel: config.name });
  }

  get config(): ChannelConfig {
    return this.#config;
  }

  get channel(): OpenChannel {
    return this.#channel;
  }

  /** Continues with another version of the channel; what waits is kept. */
  replace(config: ChannelConfig, channel: OpenChannel): void {
    this.#channel.close();
    this.#config = config;
    this.#channel = channel;
    this.#buckets.clear();
    this.#pump();
  }

  add(deliveries: readonly Kept[]): void {
    for (const delivery of deliveries) {
      const { key } = delivery.notification;
      if (this.#keys.has(key)) continue;
      this.#keys.add(key);
      this.#waiting.push(delivery);
    }
    this.#pump();
  }

  /** Takes out those that are not to be sent any more. @param isStill by key */
  sweep(isStill: (key: string) => boolean): void {
    this.#waiting = this.#waiting.filter(
      ({ notification: { key } }) => isStill(key) || !this.#keys.delete(key),
    );
    this.#pump();
  }

  /** Why a delivery waits, and until when, ms since the epoch. */
  waits(
    { notification, nextAt, attempts }: Kept,
    now: number,
  ): { readonly why: string | undefined; readonly until: number | undefined } {
    const { openUntil } = this.#breaker;
    const seconds = (until: number) => formatDuration(Math.max(1000, Math.ceil((until - now) / 1000) * 1000));
    if (openUntil !== undefined && openUntil > now)
      return { why: `breaker open for ${seconds(openUntil)}`, until: openUntil };
    if (this.#pausedUntil > now)
      return { why: `the recipient asked to wait ${seconds(this.#pausedUntil)}`, until: this.#pausedUntil };
    if (nextAt !== undefined && nextAt > now) {
      const problem = attempts.at(-1)?.problem ?? "the attempt failed";
      return { why: `${problem}; next attempt in ${seconds(nextAt)}`, until: nextAt };
    }
    const readyAt = this.#bucketOf(notification.receiver)?.readyAt(now) ?? now;
    if (readyAt > now) return { why: `rate limit, next in ${seconds(readyAt)}`, until: readyAt };
    return { why: this.#running.size >= CONCURRENCY ? "others are being sent" : undefined, until: undefined };
  }

  health(): ChannelHealth {
    const latencyMs = this.#latencies.reduce((sum, ms) => sum + ms, 0) / this.#latencies.length;
    return {
      name: this.#config.name,
      kind: this.#config.kind,
      breaker: this.#breaker.state,
      breakerUntil: this.#breaker.openUntil,
      delivered: this.#delivered,
      failed: this.#failed,
      queued: this.#waiting.length + this.#running.size,
      latencyMs,
      problem: this.#problem,
    };
  }

  /** Whether an attempt runs or could be made now. */
  isBusy(now: number): boolean {
    return this.#running.size > 0 || this.#next(now).delivery !== undefined;
  }

  /** Makes no more attempts and ends those that run. */
  close(): void {
    this.#isClosed = true;
    this.#cancel();
    this.#abort.abort();
    this.#channel.close();
    this.#logFigures();
  }

  /** Begins every attempt that may be made now, and comes back when the next one may. */
  #pump(): void {
    this.#cancel();
    while (!this.#isClosed && this.#running.size < CONCURRENCY) {
      const now = this.#clock.now();
      const { delivery, at } = this.#next(now);
      if (delivery !== undefined) void this.#attempt(delivery, now);
      else {
        if (Number.isFinite(at)) this.#cancel = this.#clock.after(Math.max(1, at - now), () => this.#pump());
        return;
      }
    }
  }

  /** The most urgent delivery that may be sent now, the oldest of those; else when one may be. */
  #next(now: number): { readonly delivery?: Kept; readonly at: number } {
    let at = Number.POSITIVE_INFINITY;
    if (this.#waiting.length === 0) return { at };
    const open = Math.max(this.#breaker.readyAt(now), this.#pausedUntil);
    if (open > now) return { at: open };
    /** The highest severity of each thread that came before. */
    const before = new Map<string, number>();
    for (const { notification, state } of this.#running) {
      if (!isEnded(state)) before.set(notification.groupKey, Number.POSITIVE_INFINITY);
    }
    let best: Kept | undefined;
    for (const delivery of this.#waiting) {
      const { notification, nextAt = now } = delivery;
      const rank = rankOf(delivery);
      const earlier = before.get(notification.groupKey) ?? -1;
      before.set(notification.groupKey, Math.max(earlier, rank));
      // A resolution never overtakes what it resolves; what is more urgent does not wait for what is less so.
      if (earlier >= rank) continue;
      if (best !== undefined && rankOf(best) >= rank) continue;
      const readyAt = Math.max(nextAt, this.#bucketOf(notification.receiver)?.readyAt(now) ?? now);
      if (readyAt <= now) best = delivery;
      else at = Math.min(at, readyAt);
    }
    return best === undefined ? { at } : { delivery: best, at: now };
  }

  async #attempt(waiting: Kept, now: number): Promise<void> {
    this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
    const { notification } = waiting;
    this.#bucketOf(notification.receiver)?.take(now);
    const delivery = this.#events.begin(waiting);
    this.#running.add(delivery);
    let attempted: Attempted;
    try {
      attempted = await this.#breaker.run(
        () => this.#channel.deliver(notification, this.#abort.signal),
        ({ result }) => !result.ok && result.retry && result.retryAfterMs === undefined,
        () => this.#clock.now(),
      );
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      attempted = { tookMs: this.#clock.now() - now, result: { ok: false, problem, retry: true } };
    }
    this.#running.delete(delivery);
    if (this.#isClosed && !attempted.result.ok) {
      this.#keys.delete(notification.key);
      this.#events.released(delivery);
    } else this.#settle(delivery, attempted, now);
    this.#pump();
  }

  #settle(delivery: Kept, { tookMs, result }: Attempted, at: number): void {
    const now = this.#clock.now();
    this.#latencies = [...this.#latencies, tookMs].slice(-LATENCIES);
    this.#problem = result.ok ? result.note : result.problem;
    const { key: id, receiver } = delivery.notification;
    // The key is last: it is long, and the screen cuts what does not fit.
    const fields = { receiver, took_ms: Math.round(tookMs), key: id };
    if (result.ok) this.#log.log("info", "delivered", fields);
    else this.#log.log("warn", "attempt_failed", { problem: result.problem, ...fields });
    if (result.ok) {
      this.#keys.delete(id);
      this.#delivered += 1;
      const note = result.note === undefined ? {} : { note: result.note };
      this.#events.ended(delivery, "delivered", undefined, { at, tookMs, problem: undefined, ...note });
      return;
    }
    const { problem, retry, retryAfterMs } = result;
    const attempt: Attempt = { at, tookMs, problem };
    const { key, severity, reason } = delivery.notification;
    const delay = Math.max(
      retryDelay(key, delivery.tries + 1),
      Math.min(retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS),
    );
    if (retryAfterMs !== undefined) {
      this.#pausedUntil = Math.max(this.#pausedUntil, now + Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS));
    }
    const nextAt = now + delay;
    // Whoever tests a channel wants to know now.
    const mayRetry = retry && reason !== "test";
    if (mayRetry && nextAt <= givenUpAt(severity, delivery.since)) {
      this.#waiting.push(this.#events.failedOnce(delivery, attempt, nextAt));
      this.#waiting.sort((a, b) => a.notification.createdAt - b.notification.createdAt);
      return;
    }
    this.#keys.delete(key);
    this.#failed += 1;
    this.#events.ended(delivery, "failed", mayRetry ? `given up: ${problem}` : problem, attempt);
  }

  #breakerIs(state: ChannelHealth["breaker"]): void {
    const { name } = this.#config;
    if (state === "open") this.#openings.set(name, (this.#openings.get(name) ?? 0) + 1);
    this.#log.log(state === "closed" ? "info" : "warn", "circuit_state_change", { state });
    this.#logFigures();
  }

  /** Also at each change, so that `doctor` can compare them for a run that was killed. */
  #logFigures(): void {
    const opened = this.#openings.get(this.#config.name) ?? 0;
    const { delivered, failed, queued } = this.health();
    this.#log.log("info", "channel_figures", { breaker_opened: opened, delivered, failed, queued });
  }

  #bucketOf(receiver: string): TokenBucket | undefined {
    const { rate } = this.#config;
    if (rate === undefined) return undefined;
    const bucket = this.#buckets.get(receiver) ?? new TokenBucket(rate);
    this.#buckets.set(receiver, bucket);
    return bucket;
  }
}
