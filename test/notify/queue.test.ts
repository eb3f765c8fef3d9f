import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { Alarms } from "./alarms.ts";
import { temporaryFolder } from "./folders.ts";
import { type Options, settle, startNotifier } from "./harness.ts";

const ROUTE = `
receivers: [{ name: alice, channels: [hook] }, { name: bob, channels: { warning: [mail] }, digest: { every: 10m } }]
routes: [{ receivers: [alice, bob], group_wait: 0s }]
`;

const DOWN = { ok: false, problem: "connection refused", retry: true } as const;

type Started = Awaited<ReturnType<typeof startNotifier>>;
const running: Started[] = [];

afterEach(async () => {
  for (const each of running.splice(0)) await stop(each);
});

/** For so long attempts may go on while a run ends, ms. */
const LAST_MS = 600;

/** Ends a run; its time is virtual, the disk's is not. */
async function stop({ notifier, clock }: Started): Promise<void> {
  let isOver = false;
  const stopped = notifier.stop().then(() => {
    isOver = true;
  });
  const last = clock.now() + LAST_MS;
  while (!isOver) {
    await settle();
    if (clock.now() < last) clock.runUntil(clock.now() + 20);
  }
  await stopped;
}

/** A run of the same monitor on the same folder: its alerts are new, and its time goes on. */
async function start(
  directory: string,
  clock = createVirtualClock(),
  options: Options = {},
): Promise<Started> {
  const started = await startNotifier(ROUTE, { directory, clock, alarms: new Alarms(), ...options });
  running.push(started);
  return started;
}

/** Waits for the disk, while virtual time stands still. */
async function until(holds: () => boolean, started: Started): Promise<void> {
  const end = performance.now() + 10_000;
  while (!holds() && performance.now() < end) await started.tick();
  expect(holds()).toBe(true);
}

describe("the queue on disk", () => {
  it("delivers after a restart what waited before it, under the same key", async () => {
    const directory = temporaryFolder();
    const first = await start(directory, undefined, { answers: { hook: () => DOWN } });
    first.alarms.breach("api", "page");
    await until(() => first.attempts.length === 1, first);
    await stop(first);
    const second = await start(directory, first.clock);
    second.clock.runUntil(second.clock.now() + 60_000);
    await until(() => second.arrivals.length === 1, second);
    expect(second.arrivals[0]!.notification).toEqual(first.attempts[0]!.notification);
    expect(second.notifier.snapshot().deliveries[0]!.attempts).toHaveLength(2);
  });

  it("does not page again for an alert that fires through a restart", async () => {
    const directory = temporaryFolder();
    const first = await start(directory);
    first.alarms.breach("api", "page");
    await until(() => first.arrivals.length === 1, first);
    await stop(first);
    const second = await start(directory, first.clock);
    second.alarms.breach("api", "page");
    await second.run(900);
    expect(second.arrivals).toEqual([]);
    second.alarms.recover("api");
    await second.run(300);
    await until(() => second.arrivals.length === 1, second);
    expect(second.arrivals[0]!.notification).toMatchObject({
      reason: "resolved",
      groupKey: first.arrivals[0]!.notification.groupKey,
    });
  });

  it("sends one digest of what was collected before and after a restart", async () => {
    const directory = temporaryFolder();
    const first = await start(directory);
    first.alarms.breach("one", "warning");
    await first.run(60);
    await until(() => first.notifier.snapshot().digests.length === 1, first);
    await stop(first);
    const second = await start(directory, first.clock);
    second.alarms.breach("one", "warning");
    second.alarms.breach("two", "warning");
    await second.run(1200);
    await until(() => second.arrivals.some(({ notification }) => notification.channel === "mail"), second);
    const digests = second.arrivals.filter(({ notification }) => notification.reason === "digest");
    expect(digests.map(({ notification }) => notification.alerts.map(({ entity }) => entity))).toEqual([
      ["one", "two"],
    ]);
  });

  it("has one owner: a second monitor says so, sends nothing, and takes over when the first one ends", async () => {
    const directory = temporaryFolder();
    const first = await start(directory);
    const second = await start(directory);
    second.alarms.breach("api", "page");
    await second.run(60);
    expect(second.attempts).toEqual([]);
    expect(second.notifier.snapshot().problem).toContain(`process id ${process.pid}`);
    expect(() => second.notifier.testChannel("hook", "bob")).toThrow(`process id ${process.pid}`);
    await stop(first);
    // It asks again and again: on a busy disk the lock is released a little after the end.
    await until(() => {
      second.clock.runUntil(second.clock.now() + 500);
      return second.arrivals.length === 1;
    }, second);
    expect(second.notifier.snapshot().problem).toBeUndefined();
  });

  it("goes on in memory where nothing can be written, says so, and is written once it can be", async () => {
    const blocked = join(temporaryFolder(), "state");
    writeFileSync(blocked, "a file where the folder should be");
    const started = await start(blocked);
    started.alarms.breach("api", "page");
    await until(() => started.arrivals.length === 1, started);
    expect(started.notifier.snapshot().problem).toMatch(/^notifications are kept in memory only: /);
    rmSync(blocked);
    mkdirSync(blocked);
    started.clock.runUntil(started.clock.now() + 31_000);
    await until(() => started.notifier.snapshot().problem === undefined, started);
    expect(readFileSync(join(blocked, "notify.journal"), "utf8")).toContain(
      started.arrivals[0]!.notification.key,
    );
  });

  it("leaves no lock behind, and what is not sent stays", async () => {
    const directory = temporaryFolder();
    const never = new Promise<never>(() => {});
    const first = await start(directory, undefined, { answers: { hook: () => never } });
    first.alarms.breach("api", "page");
    await until(() => first.attempts.length === 1, first);
    await stop(first);
    expect(existsSync(join(directory, "notify.lock"))).toBe(false);
    const second = await start(directory, first.clock, { answers: { hook: () => never } });
    await until(() => second.attempts.length === 1, second);
    expect(second.attempts[0]!.notification).toEqual(first.attempts[0]!.notification);
  });

  it("keeps what waits and what was told when the config changes", async () => {
    const started = await start(temporaryFolder(), undefined, { answers: { hook: () => DOWN } });
    started.alarms.breach("api", "page");
    await until(() => started.attempts.length === 1, started);
    const { notification } = started.attempts[0]!;
    const { notifyOf } = await import("./config.ts");
    started.notifier.configure(
      notifyOf(ROUTE.replace("group_wait: 0s", "group_wait: 1s, repeat_interval: 1d")),
    );
    await started.run(3);
    await until(() => started.attempts.length === 2, started);
    expect(started.attempts[1]!.notification).toEqual(notification);
    expect(started.notifier.snapshot().counts.queued + started.notifier.snapshot().counts.processing).toBe(1);
  });
});
