import { type Logger, NO_LOGGER } from "../../src/core/log.ts";
import type { Notification } from "../../src/core/notification.ts";
import { createVirtualClock, VIRTUAL_EPOCH_MS, type VirtualClock } from "../../src/core/virtual-clock.ts";
import { Notifier } from "../../src/notify/notifier.ts";
import type { NotifyConfig } from "../../src/notify/settings.ts";
import type { OpenChannel, SendResult } from "../../src/notify/types.ts";
import { Alarms } from "./alarms.ts";
import { notifyOf } from "./config.ts";

/** A notification that arrived. */
export interface Arrival {
  /** ms since the start of the test */
  readonly at: number;
  readonly notification: Notification;
}

export type Answer = (notification: Notification, at: number) => SendResult | Promise<SendResult>;

const ACCEPTED: SendResult = { ok: true };

export interface Options {
  /** What channels answer; absent: they accept. */
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly traits?: Readonly<Record<string, Partial<OpenChannel>>>;
  /** The folder of the queue; absent: in memory. */
  readonly directory?: string;
  readonly config?: NotifyConfig;
  readonly alarms?: Alarms;
  readonly clock?: VirtualClock;
  readonly log?: Logger;
  readonly openings?: Map<string, number>;
}

/** A notifier on virtual time, with alerts that are made by hand, and channels that note what arrives. */
export async function startNotifier(receiversAndRoutes: string, options: Options = {}) {
  const {
    answers = {},
    traits = {},
    directory,
    clock = createVirtualClock(),
    log = NO_LOGGER,
    openings = new Map(),
    alarms = new Alarms(),
  } = options;
  const config = options.config ?? notifyOf(receiversAndRoutes);
  const attempts: Arrival[] = [];
  const arrivals: Arrival[] = [];
  const notifier = new Notifier(config, {
    clock,
    log,
    openings,
    directory,
    pid: process.pid,
    open: ({ name }) => ({
      resend: undefined,
      acknowledgements: false,
      ...traits[name],
      async deliver(notification) {
        const began = clock.now();
        const seen = { at: began - VIRTUAL_EPOCH_MS, notification };
        attempts.push(seen);
        const result = await (answers[name]?.(notification, seen.at) ?? ACCEPTED);
        if (result.ok) arrivals.push(seen);
        return { tookMs: clock.now() - began, result };
      },
      close: () => {},
    }),
  });
  await notifier.start();

  /** Advances virtual time tick by tick; promises are settled at every timer. */
  async function run(seconds: number, tickMs = 500): Promise<void> {
    const until = clock.now() + seconds * 1000;
    await tick();
    while (clock.now() < until) {
      clock.runUntil(Math.min(until, clock.now() + tickMs));
      await tick();
    }
  }

  async function tick(): Promise<void> {
    alarms.evaluate(clock.now());
    notifier.observe(alarms.observed(clock.now()));
    await settle();
  }

  return { notifier, clock, alarms, attempts, arrivals, run, tick };
}

/** Waits until no promise that needs nothing but others is left. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** What arrived in short: "30s mail alice firing: firing critical api". */
export function lines(arrivals: readonly Arrival[]): string[] {
  return arrivals.map(({ at, notification: { channel, receiver, reason, alerts } }) => {
    const states = alerts.map(({ entity, state, severity }) => `${state} ${severity} ${entity}`);
    return `${at / 1000}s ${channel} ${receiver} ${reason}: ${states.join(", ")}`;
  });
}
