import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { TransitionLog } from "../alerts/transition-log.ts";
import type { Alert } from "../core/alert.ts";
import type { Cancel, Clock } from "../core/clock.ts";
import type { Incident } from "../core/incident.ts";
import type { Logger } from "../core/log.ts";
import type { Notification, NotificationSnapshot } from "../core/notification.ts";
import { formatCount } from "../core/text.ts";
import { Deliveries } from "./delivery/deliveries.ts";
import { Disk } from "./delivery/disk.ts";
import { DeliveryEngine } from "./delivery/engine.ts";
import { type Holder, type Lock, takeLock } from "./delivery/lock.ts";
import { compose } from "./routing/compose.ts";
import type { ChannelTraits } from "./routing/group.ts";
import { type Change, Memory } from "./routing/memory.ts";
import { type News, Router } from "./routing/router.ts";
import type { IsOver } from "./routing/survivors.ts";
import type { ChannelConfig, NotifyConfig } from "./settings.ts";
import type { OpenChannel } from "./types.ts";

/** How often a queue that another monitor owns is asked for, ms. */
const ASK_MS = 5_000;
/** How often a folder that cannot be written is tried again, ms. */
const LOCK_AGAIN_MS = 30_000;
/** While the program ends: how long the disk may take, ms. */
const LAST_WRITES_MS = 300;
/** Deliveries that screens get, newest first. */
const LISTED = 300;
/** Changes per line when the journal is rewritten. */
const PER_LINE = 50;

export interface NotifierParts {
  readonly clock: Clock;
  readonly log: Logger;
  /** The folder of the queue; undefined: everything is kept in memory. */
  readonly directory: string | undefined;
  readonly pid: number;
  /** See LaneParts; absent: those of this notifier alone. */
  readonly openings?: Map<string, number>;
  /** Opens a channel. Never throws. */
  readonly open: (config: ChannelConfig) => OpenChannel;
}

/** What the monitor knows after a tick or a command. */
export interface Observed {
  /** ms since the epoch */
  readonly at: number;
  readonly log: TransitionLog;
  readonly alerts: readonly Alert[];
  readonly incidents: readonly Incident[];
  readonly isOver: IsOver;
}

/**
 * Tells people about alerts: joins the router, which decides, and the engine, which delivers. It owns the queue on
 * disk; while another monitor does, it decides and sends nothing, and asks again. `observe` returns at once whatever
 * the disk and the channels do.
 */
export class Notifier {
  readonly #parts: NotifierParts;
  readonly #memory = new Memory();
  readonly #deliveries = new Deliveries();
  readonly #disk: Disk | undefined;
  readonly #engine: DeliveryEngine;
  #config: NotifyConfig;
  #router: Router | undefined;
  #observed: Observed | undefined;
  /** The newest transition that was read. */
  #read = 0;
  #lock: Lock | undefined;
  #problem: string | undefined = "the queue is being opened";
  #lockProblem: string | undefined;
  #damaged = 0;
  #isStopped = false;
  #cancelAsk: Cancel = () => {};
  #cancelDue: Cancel = () => {};
  #dueAt = Number.POSITIVE_INFINITY;
  #snapshot:
    | { readonly version: number; readonly problem: string | undefined; readonly value: NotificationSnapshot }
    | undefined;
  #tests = 0;

  constructor(config: NotifyConfig, parts: NotifierParts) {
    this.#config = config;
    this.#parts = parts;
    const { directory, clock, log, open, openings = new Map() } = parts;
    this.#disk =
      directory === undefined
        ? undefined
        : new Disk(join(directory, "notify.journal"), () => this.#present(), clock);
    this.#engine = new DeliveryEngine(
      { clock, log, openings, open, keep: async (changes) => this.#disk?.keep(changes) },
      this.#deliveries,
    );
  }

  /** Opens the queue. Fulfilled when it is known whether this monitor owns it; never rejects. */
  async start(): Promise<void> {
    const holder = await this.#openQueue();
    if (this.#isStopped) return;
    if (holder !== undefined) {
      const { pid, host } = holder;
      this.#problem = `the monitor with process id ${pid} on ${host} delivers; this one does not`;
      this.#cancelAsk = this.#parts.clock.after(ASK_MS, () => void this.start());
      return;
    }
    this.#problem = undefined;
    this.#engine.configure(this.#config.channels);
    this.#router = new Router(this.#settings(), this.#memory, this.#parts.clock.now());
    if (this.#observed !== undefined) this.#begin(this.#observed);
  }

  /** Reads what is new. */
  observe(observed: Observed): void {
    const isFirst = this.#observed === undefined;
    this.#observed = observed;
    if (this.#router === undefined) return;
    if (isFirst) {
      this.#begin(observed);
      return;
    }
    const { log, at } = observed;
    const transitions = log.after(this.#read);
    const isMissed = transitions.length < log.sequence - this.#read;
    this.#read = log.sequence;
    // After so many transitions that not all are kept, the present state says what fires.
    if (isMissed) this.#router.begin(this.#news(observed, []), at);
    this.#router.observe(this.#news(observed, transitions), at);
    if (transitions.length > 0 || at >= this.#dueAt) this.#advance();
    else this.#carryOut();
  }

  /** Applies a new config. What waits and what was told stays. */
  configure(config: NotifyConfig): void {
    if (JSON.stringify(config) === JSON.stringify(this.#config)) return;
    this.#config = config;
    if (this.#router === undefined) return;
    this.#engine.configure(config.channels);
    this.#router.configure(this.#settings(), this.#parts.clock.now());
    this.#advance();
  }

  /** The same object until something changes or a countdown goes on. */
  snapshot(): NotificationSnapshot {
    const { version } = this.#engine;
    const problem = this.#problem ?? this.#lockProblem ?? this.#disk?.problem ?? this.#damagedText();
    const { counts } = this.#engine;
    const isStill = counts.queued + counts.processing === 0;
    const known = this.#snapshot;
    if (isStill && known?.version === version && known.problem === problem) return known.value;
    const now = this.#parts.clock.now();
    const value: NotificationSnapshot = {
      deliveries: this.#engine.list(now, LISTED),
      channels: this.#engine.health(),
      counts,
      duplicates: this.#engine.duplicates,
      digests: this.#memory.entries("digests").map(([key, { dueAt, alerts }]) => {
        const [receiver, channel] = JSON.parse(key) as [string, string];
        return { receiver, channel, dueAt, alerts: Object.keys(alerts).length };
      }),
      problem,
    };
    this.#snapshot = { version, problem, value };
    return value;
  }

  /** Sends a test. @returns a sentence @throws RangeError for an unknown channel, or when nothing is delivered */
  testChannel(channel: string, by: string): string {
    this.#mustDeliver();
    if (this.#engine.channel(channel) === undefined) throw new RangeError(`there is no channel ${channel}`);
    const at = this.#parts.clock.now();
    this.#tests += 1;
    const test = `test ${at} ${this.#tests}`;
    const letter = { reason: "test", receiver: by, channel, thread: [test], transition: test } as const;
    const [notification] = compose({ ...letter, group: {}, alerts: [], at }) as [Notification];
    void this.#engine.send(notification, at);
    return `a test was queued for ${channel}`;
  }

  /** Queues a failed delivery again. @returns a sentence @throws RangeError when it cannot be */
  retryDelivery(key: string): string {
    this.#mustDeliver();
    const { notification } = this.#engine.retry(key, this.#parts.clock.now());
    return `queued again: ${notification.receiver} over ${notification.channel}`;
  }

  /** Ends within about a second. What was not sent by then is kept on disk for the next run. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelAsk();
    this.#cancelDue();
    await this.#engine.stop();
    const { clock } = this.#parts;
    const late = new Promise<void>((resolve) => {
      clock.after(LAST_WRITES_MS, resolve);
    });
    await Promise.race([this.#disk?.close(), late]);
    if (this.#lock !== undefined) await Promise.race([this.#lock.release(), late]);
  }

  /** @returns who owns the queue, if somebody else does */
  async #openQueue(): Promise<Holder | undefined> {
    const { directory, pid, clock } = this.#parts;
    if (directory === undefined || this.#disk === undefined) return undefined;
    let taken: Lock | Holder;
    try {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      taken = await takeLock(join(directory, "notify.lock"), pid);
    } catch (error) {
      this.#lockProblem = `notifications are kept in memory only: ${messageOf(error)}`;
      if (!this.#isStopped) this.#cancelAsk = clock.after(LOCK_AGAIN_MS, () => void this.#openQueue());
      return undefined;
    }
    if (!("release" in taken)) return taken;
    this.#lock = taken;
    if (this.#isStopped) await taken.release();
    else await this.#disk.open(({ batches, damaged }) => this.#adopt(batches.flat(), damaged));
    this.#lockProblem = undefined;
    return undefined;
  }

  /** Takes over what is on disk, also when that could be read only later. */
  #adopt(changes: readonly Change[], damaged: number): void {
    this.#damaged = damaged;
    const isLate = this.#router !== undefined;
    const newest = new Map(
      changes.map(([table, key, value]) => [JSON.stringify([table, key]), [table, key, value] as const]),
    );
    for (const [table, key, value] of newest.values()) {
      if (value === null) continue;
      this.#memory.restore(table, key, value);
      this.#deliveries.restore(table, key, value);
    }
    this.#deliveries.drain();
    if (isLate) this.#engine.adopt();
  }

  #mustDeliver(): void {
    if (this.#router === undefined) throw new RangeError(`nothing is sent: ${this.#problem}`);
  }

  #begin(observed: Observed): void {
    this.#read = observed.log.sequence;
    this.#router!.begin(this.#news(observed, []), observed.at);
    this.#advance();
  }

  #news({ alerts, incidents, isOver }: Observed, transitions: News["transitions"]): News {
    return { transitions, alerts, incidents, isOver };
  }

  /** Does what is due, and comes back when more is. */
  #advance(): void {
    const { clock } = this.#parts;
    const now = clock.now();
    this.#router!.advance(now);
    this.#carryOut();
    this.#cancelDue();
    this.#dueAt = this.#router!.nextAt();
    if (!Number.isFinite(this.#dueAt) || this.#isStopped) return;
    this.#cancelDue = clock.after(Math.max(1, this.#dueAt - now), () => this.#advance());
  }

  #carryOut(): void {
    const decision = this.#router!.take();
    if (decision !== undefined) void this.#engine.decide(decision, this.#parts.clock.now());
  }

  #settings() {
    const traits = this.#config.channels.map(({ name }): [string, ChannelTraits] => {
      const { resend, acknowledgements = false } = this.#engine.channel(name) ?? {};
      return [name, { resend, acknowledgements }];
    });
    return { config: this.#config, channels: new Map(traits) };
  }

  /** All that has to be known after a restart. */
  *#present(): Iterable<readonly Change[]> {
    let line: Change[] = [];
    for (const changes of [this.#memory.present(), this.#deliveries.present()]) {
      for (const change of changes) {
        line.push(change);
        if (line.length < PER_LINE) continue;
        yield line;
        line = [];
      }
    }
    if (line.length > 0) yield line;
  }

  #damagedText(): string | undefined {
    if (this.#damaged === 0) return undefined;
    return `${formatCount(this.#damaged)} records of the queue were damaged on disk and are lost`;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
