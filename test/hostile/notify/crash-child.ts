import { writeSync } from "node:fs";
import { join } from "node:path";
import { NO_LOGGER } from "../../../src/core/log.ts";
import type { Notification } from "../../../src/core/notification.ts";
import { createRealClock } from "../../../src/core/real-clock.ts";
import { Deliveries } from "../../../src/notify/delivery/deliveries.ts";
import { Disk } from "../../../src/notify/delivery/disk.ts";
import { DeliveryEngine } from "../../../src/notify/delivery/engine.ts";
import { takeLock } from "../../../src/notify/delivery/lock.ts";
import { Notifier } from "../../../src/notify/notifier.ts";
import type { NotifyConfig } from "../../../src/notify/settings.ts";
import { Alarms } from "../../notify/alarms.ts";

/**
 * A program with the real queue, to be killed: `node crash-child.ts MODE FOLDER RUN URL`.
 * - `queue`: queues notifications as fast as it can, and prints the key of each once the queue has taken it
 * - `drain`: queues nothing
 * - `alerts`: has the same alerts firing all the time, and a router that decides whom to tell
 * Channels post the key and the text to the URL.
 */
const [mode, folder, run, url] = process.argv.slice(2) as [string, string, string, string];
const clock = createRealClock();

/** At once, so that what was printed was printed before the kill. A pipe that is full takes it a little later. */
function print(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
    }
  }
}

const open = () => ({
  resend: undefined,
  acknowledgements: false,
  async deliver({ key, alerts }: Notification) {
    const response = await fetch(url, {
      method: "POST",
      body: JSON.stringify({ key, about: alerts[0]!.entity }),
    });
    return {
      tookMs: 1,
      result: response.ok ? { ok: true as const } : { ok: false as const, problem: "no", retry: true },
    };
  },
  close: () => {},
});

const each = <Value>(value: Value) => ({ warning: value, critical: value, page: value });
const options = { kind: "webhook", options: {}, timeoutMs: 5_000, template: {} };
const config: NotifyConfig = {
  channels: ["hook", "mail"].map((name) => ({ ...options, name })),
  receivers: [{ name: "alice", enabled: true, channels: each(["hook", "mail"]), members: [] }],
  routes: [
    {
      matchers: [],
      of: "alerts",
      receivers: ["alice"],
      groupBy: ["entity"],
      groupWaitMs: each(0),
      groupIntervalMs: 300_000,
      repeatIntervalMs: 14_400_000,
      continue: false,
      escalate: [],
    },
  ],
};

if (mode === "alerts") {
  const alarms = new Alarms();
  const notifier = new Notifier(config, { clock, log: NO_LOGGER, directory: folder, pid: process.pid, open });
  await notifier.start();
  for (let nth = 0; nth < 20; nth += 1) alarms.breach(`service-${nth}`, "page");
  clock.every(5, ({ at }) => {
    alarms.evaluate(at);
    notifier.observe(alarms.observed(at));
  });
} else {
  const lock = await takeLock(join(folder, "notify.lock"), process.pid);
  if (!("release" in lock)) throw new Error("the lock is taken");
  const deliveries = new Deliveries();
  const disk = new Disk(
    join(folder, "notify.journal"),
    () => [...deliveries.present()].map((change) => [change]),
    clock,
  );
  const engine = new DeliveryEngine(
    { clock, log: NO_LOGGER, openings: new Map(), open, keep: (changes) => disk.keep(changes) },
    deliveries,
  );
  await disk.open(({ batches }) => {
    const newest = new Map(batches.flat().map((change) => [`${change[0]} ${change[1]}`, change]));
    for (const [table, key, value] of newest.values())
      if (value !== null) deliveries.restore(table, key, value);
    deliveries.drain();
  });
  engine.configure(config.channels);
  if (disk.problem !== undefined) throw new Error(disk.problem);
  for (let nth = 0; mode === "queue" && nth < 500; nth += 1) {
    const key = `${run}-${nth}`;
    void engine.send(notificationOf(key, nth), clock.now()).then(() => print(key));
    if (nth % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  // Nothing else keeps it running once everything was sent.
  clock.every(1_000, () => {});
}
print("ready");

function notificationOf(key: string, nth: number): Notification {
  const alert = {
    fingerprint: key,
    rule: "HIGH_LATENCY",
    entity: `about ${key}`,
    severity: "page",
    state: "firing",
    labels: {},
    annotations: {},
    message: "x".repeat(nth),
    startsAt: nth,
    endsAt: undefined,
  } as const;
  return {
    key,
    groupKey: key,
    reason: "firing",
    severity: "page",
    receiver: "alice",
    channel: nth % 2 === 0 ? "hook" : "mail",
    group: {},
    alerts: [alert],
    level: 0,
    createdAt: nth,
  };
}
