import type { Cancel } from "../../core/clock.ts";
import type { ChannelHealth, Delivery, DeliveryState, Notification } from "../../core/notification.ts";
import type { Decision } from "../routing/decision.ts";
import type { Change } from "../routing/memory.ts";
import type { ChannelConfig } from "../settings.ts";
import type { OpenChannel } from "../types.ts";
import { type Deliveries, isEnded, type Kept, withAttempt } from "./deliveries.ts";
import { Lane, type LaneEvents, type LaneParts } from "./lane.ts";
import { givenUpAt } from "./retry.ts";

/** How often what is over is forgotten, ms. */
const TIDY_MS = 60_000;
/** While the program ends: how long attempts may take, and how often it looks whether they have ended, ms. */
const LAST_MS = 600;
const LOOK_MS = 20;

export interface EngineParts extends LaneParts {
  /** Opens a channel. Never throws. */
  readonly open: (config: ChannelConfig) => OpenChannel;
  /** Fulfilled when changes are kept on disk, as far as possible. Never rejects. */
  readonly keep: (changes: readonly Change[]) => Promise<void>;
}

/**
 * Delivers: a lane for each channel, independent of the others. Nothing is sent before it is kept on disk, so that
 * what was decided is known after a crash and is not decided again under another key.
 */
export class DeliveryEngine {
  readonly #parts: EngineParts;
  readonly #deliveries: Deliveries;
  readonly #lanes = new Map<string, Lane>();
  readonly #cancelTidy: Cancel;
  #version = 0;

  constructor(parts: EngineParts, deliveries: Deliveries) {
    this.#parts = parts;
    this.#deliveries = deliveries;
    this.#cancelTidy = parts.clock.every(TIDY_MS, () => this.#tidy());
  }

  /** Rises whenever a delivery changes. */
  get version(): number {
    return this.#version;
  }

  /** Opens new and changed channels; what waits for a channel that is gone waits for its return. */
  configure(channels: readonly ChannelConfig[]): void {
    const names = new Set(channels.map(({ name }) => name));
    for (const [name, lane] of this.#lanes) {
      if (names.has(name)) continue;
      lane.close();
      this.#lanes.delete(name);
    }
    const { open } = this.#parts;
    for (const config of channels) {
      const lane = this.#lanes.get(config.name);
      if (lane === undefined) {
        this.#lanes.set(config.name, new Lane(config, open(config), this.#parts, this.#events));
      } else if (JSON.stringify(lane.config) !== JSON.stringify(config)) lane.replace(config, open(config));
    }
    this.adopt();
    this.#version += 1;
  }

  /** Sends what was read from disk later than the channels were opened. */
  adopt(): void {
    const byChannel = Map.groupBy(this.#deliveries.waiting(), ({ notification }) => notification.channel);
    for (const [channel, deliveries] of byChannel) this.#lanes.get(channel)?.add(deliveries);
  }

  channel(name: string): OpenChannel | undefined {
    return this.#lanes.get(name)?.channel;
  }

  /** Carries out a decision. @returns a promise that is fulfilled when it is kept */
  decide({ changes, send, held, withdrawn }: Decision, now: number): Promise<void> {
    const isKeeper = (channel: string) => this.channel(channel)?.resend !== undefined;
    for (const each of withdrawn) this.#deliveries.withdraw(each, isKeeper, now);
    const added = send.flatMap(
      (notification) => this.#deliveries.add(notification, isKeeper(notification.channel), now) ?? [],
    );
    for (const { notification, why } of held) {
      this.#deliveries.suppress(notification, why, now);
      const { key, receiver, channel } = notification;
      this.#parts.log.log("info", "suppressed", { channel, receiver, why, key });
    }
    const isReplaced = send.some(({ reason }) => reason === "repeat");
    if (withdrawn.length > 0 || isReplaced)
      for (const lane of this.#lanes.values()) lane.sweep((key) => this.#isWaiting(key));
    return this.#keep(changes, added);
  }

  /** Queues one notification that no route decided on. */
  send(notification: Notification, now: number): Promise<void> {
    return this.decide({ changes: [], send: [notification], held: [], withdrawn: [] }, now);
  }

  /** @throws RangeError for an unknown key, or a delivery that has not failed */
  retry(key: string, now: number): Delivery {
    const delivery = this.#deliveries.get(key);
    if (delivery === undefined) throw new RangeError("this delivery is not kept any more");
    if (delivery.state !== "failed")
      throw new RangeError(`this delivery has not failed: it is ${delivery.state}`);
    const again = this.#deliveries.again(delivery, now);
    void this.#keep([], [again]);
    return again;
  }

  health(): readonly ChannelHealth[] {
    return Array.from(this.#lanes.values(), (lane) => lane.health());
  }

  get counts(): Readonly<Record<DeliveryState, number>> {
    return this.#deliveries.counts;
  }

  get duplicates(): number {
    return this.#deliveries.duplicates;
  }

  /** Newest first, with why they wait. @param most so many */
  list(now: number, most: number): readonly Delivery[] {
    return this.#deliveries
      .list()
      .slice(0, most)
      .map((delivery) => {
        if (delivery.state !== "queued") return delivery;
        const lane = this.#lanes.get(delivery.notification.channel);
        if (lane === undefined)
          return { ...delivery, why: `channel ${delivery.notification.channel} is not in the config` };
        const { why, until } = lane.waits(delivery, now);
        return { ...delivery, why, nextAt: until };
      });
  }

  /** Lets attempts end that end soon, and ends the others. What waits is kept. */
  async stop(): Promise<void> {
    const { clock } = this.#parts;
    this.#cancelTidy();
    const until = clock.now() + LAST_MS;
    const isBusy = () => [...this.#lanes.values()].some((lane) => lane.isBusy(clock.now()));
    while (isBusy() && clock.now() < until) {
      await new Promise<void>((resolve) => {
        clock.after(LOOK_MS, resolve);
      });
    }
    for (const lane of this.#lanes.values()) lane.close();
  }

  readonly #events: LaneEvents = {
    begin: (delivery) => {
      this.#version += 1;
      return this.#deliveries.begin(delivery);
    },
    failedOnce: (delivery, attempt, nextAt) => {
      const attempts = withAttempt(delivery.attempts, attempt);
      const { tries } = delivery;
      const queued = { ...delivery, attempts, state: "queued" as const, nextAt, tries: tries + 1 };
      const updated = this.#deliveries.update(queued);
      void this.#keep([], []);
      return updated;
    },
    ended: (delivery, state, why, attempt) => {
      const attempts = attempt === undefined ? delivery.attempts : withAttempt(delivery.attempts, attempt);
      this.#deliveries.end({ ...delivery, attempts }, state, why, this.#parts.clock.now());
      const { key, receiver, channel } = delivery.notification;
      if (state === "failed") {
        this.#parts.log.log("error", "failed", { channel, receiver, why: why ?? "", key });
      }
      void this.#keep([], []);
    },
    released: (delivery) => {
      // The channel may have been replaced by another one of that name.
      void this.#keep([], [this.#deliveries.update({ ...delivery, state: "queued" })]);
    },
  };

  #isWaiting(key: string): boolean {
    const delivery = this.#deliveries.get(key);
    return delivery !== undefined && !isEnded(delivery.state);
  }

  async #keep(changes: readonly Change[], added: readonly Kept[]): Promise<void> {
    this.#version += 1;
    this.#deliveries.trim(this.#parts.clock.now());
    const batch = [...changes, ...this.#deliveries.drain()];
    if (batch.length > 0) await this.#parts.keep(batch);
    const byLane = Map.groupBy(added, ({ notification }) => notification.channel);
    for (const [channel, deliveries] of byLane) {
      this.#lanes
        .get(channel)
        ?.add(deliveries.filter(({ notification }) => this.#isWaiting(notification.key)));
    }
  }

  /** Also gives up what waits for a channel that did not return. */
  #tidy(): void {
    const now = this.#parts.clock.now();
    for (const delivery of this.#deliveries.waiting()) {
      const { channel, severity } = delivery.notification;
      if (this.#lanes.has(channel) || now < givenUpAt(severity, delivery.since)) continue;
      this.#deliveries.end(delivery, "failed", `channel ${channel} is not in the config`, now);
    }
    void this.#keep([], []);
  }
}
