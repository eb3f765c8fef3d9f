import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startMonitor } from "../monitor/harness.ts";
import { type Answer, type Arrival, startNotifier } from "./harness.ts";

const ROUTE = `
receivers: [{ name: alice, channels: [hook] }]
routes: [{ receivers: [alice], group_wait: 2s, group_interval: 15s, escalate: [{ after: 2m, to: [alice] }] }]
`;

const DOWN = { ok: false, problem: "connection refused", retry: true } as const;

const change = fc.record({
  at: fc.integer({ min: 0, max: 180 }),
  entity: fc.constantFrom("a", "b", "c", "d"),
  severity: fc.constantFrom("warning" as const, "page" as const, undefined),
});

/** Runs random changes of four alerts over a channel. */
async function run(
  changes: readonly (typeof change extends fc.Arbitrary<infer T> ? T : never)[],
  hook?: Answer,
) {
  const started = await startNotifier(ROUTE, hook === undefined ? {} : { answers: { hook } });
  const sorted = [...changes].sort((a, b) => a.at - b.at);
  let second = 0;
  for (const { at, entity, severity } of sorted) {
    await started.run(at - second);
    second = at;
    if (severity === undefined) started.alarms.recover(entity);
    else started.alarms.breach(entity, severity);
  }
  await started.run(1500, 1000);
  return started;
}

const keys = (arrivals: readonly Arrival[]) => arrivals.map(({ notification }) => notification.key);

describe("a receiver that is down for a minute", () => {
  it("loses nothing, gets nothing twice, and gets each group in order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 0, max: 200 }),
        async (changes, from) => {
          const control = await run(changes);
          const hit = await run(changes, (_, at) =>
            at >= from * 1000 && at < (from + 60) * 1000 ? DOWN : { ok: true },
          );
          const needed = new Set(keys(hit.arrivals));
          expect(needed.size).toBe(hit.arrivals.length);
          // Only reminders of what has ended meanwhile may be left out.
          for (const { notification } of control.arrivals) {
            if (notification.reason !== "escalation" && notification.reason !== "repeat")
              expect(needed).toContain(notification.key);
          }
          const threads = Map.groupBy(hit.arrivals, ({ notification }) => notification.groupKey);
          for (const [, arrivals] of threads) {
            const times = arrivals.map(({ notification }) => notification.createdAt);
            const severities = new Set(arrivals.map(({ notification }) => notification.severity));
            if (severities.size === 1) expect(times).toEqual(times.toSorted((a, b) => a - b));
          }
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe("a channel that hangs", () => {
  it("delays neither another channel nor what is observed, with a thousand alerts", async () => {
    const never = new Promise<never>(() => {});
    const {
      alarms,
      run: advance,
      arrivals,
      notifier,
    } = await startNotifier(
      `
receivers: [{ name: alice, channels: [mail, chat] }]
routes: [{ receivers: [alice], group_wait: 0s }]
`,
      { answers: { mail: () => never } },
    );
    for (let nth = 0; nth < 1000; nth += 1) alarms.breach(`service-${nth}`, "critical");
    await advance(10);
    const channels = new Map(Map.groupBy(arrivals, ({ notification }) => notification.channel));
    expect(channels.get("chat")).toHaveLength(1000);
    expect(channels.get("mail")).toBeUndefined();
    expect(notifier.snapshot().counts).toMatchObject({ processing: 4, queued: 996, delivered: 1000 });
  });
});

describe("a notifier that fails", () => {
  it("stops no tick, and is reported once", () => {
    const fail = () => {
      throw new Error("broken");
    };
    const notifier = {
      observe: fail,
      configure() {},
      snapshot: () => undefined,
      testChannel: fail,
      retryDelivery: fail,
    };
    const { monitor, run: advance, texts } = startMonitor(undefined, undefined, undefined, { notifier });
    advance(10);
    expect(monitor.snapshot().tick).toBe(20);
    expect(texts().filter((text) => text === "notification failed: broken")).toHaveLength(1);
  });
});

describe("what waits", () => {
  it("leaves by severity when a stalled channel comes back", async () => {
    let isDown = true;
    const {
      alarms,
      run: advance,
      arrivals,
    } = await startNotifier(ROUTE, {
      answers: { hook: () => (isDown ? DOWN : { ok: true }) },
    });
    for (const severity of ["warning", "critical", "page"] as const) {
      for (let nth = 0; nth < 5; nth += 1) alarms.breach(`${severity}-${nth}`, severity);
      await advance(3);
    }
    isDown = false;
    await advance(60);
    const severities = arrivals.map(({ notification }) => notification.severity);
    expect(severities).toEqual([
      ...Array(5).fill("page"),
      ...Array(5).fill("critical"),
      ...Array(5).fill("warning"),
    ]);
  });

  it("never lets a resolution overtake what it resolves", async () => {
    let attempt = 0;
    const {
      alarms,
      run: advance,
      arrivals,
    } = await startNotifier(ROUTE.replace("15s", "1s"), {
      answers: {
        hook: () => {
          attempt += 1;
          return attempt === 1 ? DOWN : { ok: true };
        },
      },
    });
    alarms.breach("api", "page");
    await advance(2);
    alarms.recover("api");
    await advance(20);
    expect(arrivals.map(({ notification }) => notification.reason)).toEqual(["firing", "resolved"]);
  });

  it("waits for as long as the recipient asks, without opening the breaker", async () => {
    const limits: Answer = (_, at) =>
      at < 25_000 ? { ok: false, problem: "429", retry: true, retryAfterMs: 20_000 } : { ok: true };
    const {
      alarms,
      run: advance,
      attempts,
      notifier,
    } = await startNotifier(ROUTE, { answers: { hook: limits } });
    alarms.breach("api", "page");
    await advance(10);
    expect(notifier.snapshot().deliveries[0]!.why).toMatch(/^the recipient asked to wait 1\ds$/);
    await advance(100);
    expect(attempts.map(({ at }) => at)).toEqual([2_000, 22_000, 42_000]);
    expect(notifier.snapshot().channels.find(({ name }) => name === "hook")!.breaker).toBe("closed");
  });

  it("is not sent again if that cannot succeed, until somebody asks for it", async () => {
    let isWrong = true;
    const {
      alarms,
      run: advance,
      attempts,
      arrivals,
      notifier,
    } = await startNotifier(ROUTE, {
      answers: {
        hook: () => (isWrong ? { ok: false, problem: "401: wrong token", retry: false } : { ok: true }),
      },
    });
    alarms.breach("api", "page");
    await advance(100);
    expect(attempts).toHaveLength(1);
    const [failed] = notifier.snapshot().deliveries;
    expect(failed).toMatchObject({ state: "failed", why: "401: wrong token" });
    isWrong = false;
    notifier.retryDelivery(failed!.notification.key);
    await advance(1);
    expect(keys(arrivals)).toEqual([failed!.notification.key]);
    expect(() => notifier.retryDelivery(failed!.notification.key)).toThrow("has not failed: it is delivered");
    expect(notifier.snapshot().deliveries[0]!.attempts.map(({ problem }) => problem)).toEqual([
      "401: wrong token",
      undefined,
    ]);
  });

  it("is not tried again when it is a test", async () => {
    const {
      run: advance,
      attempts,
      notifier,
    } = await startNotifier(ROUTE, { answers: { hook: () => DOWN } });
    notifier.testChannel("hook", "bob");
    await advance(600);
    expect(attempts).toHaveLength(1);
    expect(notifier.snapshot().deliveries[0]).toMatchObject({ state: "failed", why: "connection refused" });
  });

  it("is not sent when it only reminds of what somebody takes care of meanwhile", async () => {
    const {
      alarms,
      run: advance,
      arrivals,
      clock,
      notifier,
    } = await startNotifier(ROUTE, {
      answers: { hook: ({ reason }, at) => (reason === "escalation" && at < 600_000 ? DOWN : { ok: true }) },
    });
    const fingerprint = alarms.breach("api", "page");
    await advance(180);
    expect(notifier.snapshot().counts.queued).toBe(1);
    alarms.engine.acknowledge(clock.now(), fingerprint, "bob");
    await advance(900);
    expect(arrivals.map(({ notification }) => notification.reason)).toEqual(["firing"]);
    const [newest] = notifier.snapshot().deliveries;
    expect(newest).toMatchObject({ state: "suppressed", why: "acknowledged by bob" });
  });
});
