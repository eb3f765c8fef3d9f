import { describe, expect, it } from "vitest";
import { notifyOf } from "./config.ts";
import { lines, startNotifier } from "./harness.ts";

const ALICE = `
receivers:
  - { name: alice, channels: { warning: [mail], critical: [mail, chat], page: [pager] } }
routes:
  - receivers: [alice]
    group_by: [entity]
    group_wait: 10s
`;

const DOWN = { ok: false, problem: "503", retry: true } as const;

describe("notification", () => {
  it("tells that an alert fires and that it is over, over the channels of its severity", async () => {
    const { alarms, run, arrivals } = await startNotifier(ALICE);
    alarms.breach("api", "critical");
    await run(60);
    alarms.recover("api");
    await run(600);
    expect(lines(arrivals).sort()).toEqual([
      "10s chat alice firing: firing critical api",
      "10s mail alice firing: firing critical api",
      "310s chat alice resolved: resolved critical api",
      "310s mail alice resolved: resolved critical api",
    ]);
  });

  it("makes exactly one mail of three medium alerts, and a critical one does not wait for it", async () => {
    const { alarms, run, arrivals } = await startNotifier(`
receivers:
  - { name: alice, channels: [mail], digest: { every: 15m } }
routes:
  - { receivers: [alice], group_by: [entity], group_wait: 0s }
`);
    alarms.breach("one", "warning");
    await run(60);
    alarms.breach("two", "warning");
    await run(60);
    alarms.breach("three", "warning");
    alarms.breach("four", "critical");
    await run(3600);
    expect(lines(arrivals)).toEqual([
      "120s mail alice firing: firing critical four",
      "900s mail alice digest: firing warning one, firing warning two, firing warning three",
    ]);
  });

  it("opens the breaker at the third failure in a row, and delivers when the channel is back", async () => {
    let isDown = true;
    const answers = { mail: () => (isDown ? DOWN : { ok: true as const }) };
    const { alarms, run, arrivals, attempts, notifier } = await startNotifier(ALICE, { answers });
    alarms.breach("api", "critical");
    await run(20);
    const health = () => notifier.snapshot().channels.find(({ name }) => name === "mail")!;
    expect(attempts.filter(({ notification }) => notification.channel === "mail")).toHaveLength(3);
    expect(health()).toMatchObject({ breaker: "open", queued: 1 });
    const [waiting] = notifier.snapshot().deliveries.filter(({ state }) => state === "queued");
    expect(waiting!.why).toMatch(/^breaker open for \d+s$/);
    expect(lines(arrivals)).toEqual(["10s chat alice firing: firing critical api"]);
    isDown = false;
    await run(60);
    expect(health()).toMatchObject({ breaker: "closed", queued: 0, delivered: 1 });
    const keys = attempts.filter(({ notification }) => notification.channel === "mail");
    expect(new Set(keys.map(({ notification }) => notification.key)).size).toBe(1);
    expect(keys).toHaveLength(4);
  });

  it("pages once for the same alert, also over three routes", async () => {
    const { alarms, run, arrivals, notifier } = await startNotifier(`
receivers:
  - { name: alice, channels: [pager] }
routes:
  - { receivers: [alice], continue: true, group_wait: 5s }
  - { receivers: [alice], group_by: [alertname], group_wait: 5s, continue: true }
  - { receivers: [alice], group_by: [severity], group_wait: 60s }
`);
    alarms.breach("api", "page");
    await run(120);
    expect(lines(arrivals)).toEqual(["5s pager alice firing: firing page api"]);
    // One while the first waited, one long after it was delivered.
    expect(notifier.snapshot().duplicates).toBe(2);
  });

  const ESCALATION = `
receivers:
  - { name: alice, channels: [chat] }
  - { name: bob, channels: [pager] }
  - { name: carol, channels: [pager] }
routes:
  - { receivers: [alice], group_wait: 0s, escalate: [{ to: [bob] }, { to: [carol] }] }
`;

  it("escalates what nobody acknowledges, after 5 and 15 minutes", async () => {
    const { alarms, run, arrivals } = await startNotifier(ESCALATION);
    alarms.breach("api", "page");
    await run(3600);
    expect(lines(arrivals)).toEqual([
      "0s chat alice firing: firing page api",
      "300s pager bob escalation: firing page api",
      "900s pager carol escalation: firing page api",
    ]);
  });

  it("an acknowledgement after 4 minutes stops both steps, and the end is told to all who were told", async () => {
    const { alarms, run, arrivals, clock } = await startNotifier(ESCALATION);
    const fingerprint = alarms.breach("api", "page");
    await run(240);
    alarms.engine.acknowledge(clock.now(), fingerprint, "alice");
    await run(3600 * 9);
    expect(lines(arrivals)).toEqual(["0s chat alice firing: firing page api"]);
    alarms.recover("api");
    await run(600);
    expect(lines(arrivals).slice(1)).toEqual([
      expect.stringMatching(/chat alice resolved: resolved page api$/),
    ]);
  });

  it("holds back all but critical in quiet hours of the receiver's own time zone", async () => {
    // The clock starts at midnight UTC: 01:00 in Berlin, 09:00 in Tokyo.
    const quiet = "quiet_hours: 22:00-07:00, channels: [mail]";
    const { alarms, run, arrivals, notifier } = await startNotifier(`
receivers:
  - { name: berlin, timezone: Europe/Berlin, ${quiet} }
  - { name: tokyo, timezone: Asia/Tokyo, ${quiet} }
routes:
  - { receivers: [berlin, tokyo], group_wait: 0s, repeat_interval: 1d }
`);
    alarms.breach("slow", "warning");
    alarms.breach("broken", "critical");
    await run(60);
    expect(lines(arrivals).sort()).toEqual([
      "0s mail berlin firing: firing critical broken",
      "0s mail tokyo firing: firing critical broken",
      "0s mail tokyo firing: firing warning slow",
    ]);
    const held = notifier.snapshot().deliveries.filter(({ state }) => state === "suppressed");
    expect(held.map(({ why, notification }) => `${notification.receiver} ${why}`)).toEqual([
      "berlin quiet hours until 07:00",
    ]);
    // At 07:00 in Berlin it is still true, so it is told then.
    await run(6 * 3600);
    expect(lines(arrivals).slice(3)).toEqual(["21600s mail berlin firing: firing warning slow"]);
  });

  it("waits in the queue beyond ten a minute, and critical ones leave first", async () => {
    const config = `
receivers:
  - { name: alice, channels: [hook] }
routes:
  - { receivers: [alice], group_wait: 0s }
`;
    const { alarms, run, arrivals, notifier } = await startNotifier(config, { config: limited(config) });
    for (let nth = 1; nth <= 15; nth += 1) alarms.breach(`warned-${nth}`, "warning");
    await run(1);
    expect(arrivals).toHaveLength(10);
    alarms.breach("urgent", "critical");
    await run(6);
    expect(notifier.snapshot().deliveries.find(({ state }) => state === "queued")!.why).toMatch(
      /^rate limit/,
    );
    expect(lines(arrivals).at(-1)).toBe("6s hook alice firing: firing critical urgent");
    await run(60);
    expect(arrivals).toHaveLength(16);
  });

  it("does not tell what is silenced, and tells it when the silence ends if it is still true", async () => {
    const { alarms, run, arrivals, clock, notifier } = await startNotifier(ALICE);
    const at = clock.now();
    const matchers = [{ name: "entity", operator: "=" as const, value: "api" }];
    alarms.engine.silence(at, {
      matchers,
      reason: "work",
      author: "bob",
      startsAt: at,
      endsAt: at + 3600_000,
    });
    alarms.breach("api", "page");
    await run(1800);
    expect(arrivals).toEqual([]);
    expect(notifier.snapshot().deliveries.map(({ state, why }) => `${state} ${why}`)).toEqual([
      "suppressed silenced (silence 1)",
    ]);
    await run(3600);
    // The next interval of its group: 10 s and 12 times 5 min.
    expect(lines(arrivals)).toEqual(["3610s pager alice firing: firing page api"]);
  });

  it("never tells as resolved what was removed while it fired", async () => {
    const { alarms, run, arrivals } = await startNotifier(ALICE);
    alarms.breach("api", "page");
    await run(60);
    alarms.remove("api");
    await run(3600);
    expect(lines(arrivals)).toEqual(["10s pager alice firing: firing page api"]);
  });

  it("sends one notification about an incident", async () => {
    const { alarms, run, arrivals } = await startNotifier(`
receivers:
  - { name: alice, channels: [chat] }
routes:
  - { receivers: [alice], of: incidents, group_wait: 10s }
`);
    alarms.breach("api", "critical", "HIGH_LATENCY");
    alarms.breach("api", "critical", "HIGH_ERROR_RATE");
    await run(600);
    expect(arrivals).toHaveLength(1);
    const { notification } = arrivals[0]!;
    expect(notification.incident?.title).toContain("api");
    expect(notification.alerts.map(({ rule }) => rule).sort()).toEqual(["HIGH_ERROR_RATE", "HIGH_LATENCY"]);
    alarms.recover("api", "HIGH_LATENCY");
    alarms.recover("api", "HIGH_ERROR_RATE");
    await run(3600);
    expect(arrivals.map(({ notification: { reason } }) => reason)).toEqual(["firing", "resolved"]);
  });
});

/** With the rate limit of channels that have one: ten a minute. */
function limited(config: string) {
  const all = notifyOf(config);
  return {
    ...all,
    channels: all.channels.map((channel) => ({ ...channel, rate: { count: 10, perMs: 60_000 } })),
  };
}
