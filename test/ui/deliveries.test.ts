import { describe, expect, it } from "vitest";
import { CALM, startMonitor } from "../monitor/harness.ts";
import { notifyOf } from "../notify/config.ts";
import { startNotifier } from "../notify/harness.ts";
import { openSession } from "./harness.ts";

const ROUTE = `
receivers:
  - { name: alice, channels: [mail, chat] }
  - { name: bob, enabled: false, channels: [chat] }
  - { name: carol, channels: [pager], digest: { every: 10m } }
routes: [{ receivers: [alice, bob, carol], group_wait: 0s }]
`;

const DOWN = { ok: false, problem: "connection refused", retry: true } as const;
const WRONG = { ok: false, problem: "401: wrong token", retry: false } as const;

/** A session whose monitor shows what a real notifier did: mail is down, chat refuses, carol collects. */
async function startDeliveries(size: { width: number; height: number } = { width: 120, height: 40 }) {
  const started = await startNotifier(ROUTE, {
    config: notifyOf(ROUTE),
    answers: { mail: () => DOWN, chat: () => WRONG },
  });
  started.alarms.breach("payment-service", "warning");
  await started.run(10);
  const { notifier } = started;
  const monitor = startMonitor(CALM, undefined, undefined, {
    notifier: {
      observe() {},
      configure() {},
      snapshot: () => notifier.snapshot(),
      testChannel: (channel, by) => notifier.testChannel(channel, by),
      retryDelivery: (key) => notifier.retryDelivery(key),
    },
  });
  monitor.run(10);
  const session = openSession(monitor, size);
  session.press("9");
  return { ...session, notifier, started, text: () => session.screen().join("\n") };
}

describe("the view of deliveries", () => {
  it("shows alert, receiver, channel and state, why one waits or was not sent, and what is collected", async () => {
    const { text } = await startDeliveries();
    expect(text()).toMatch(
      /queued +firing +HIGH_LATENCY payment-service +→ alice → mail +3 tries, breaker open for \d+s/,
    );
    expect(text()).toMatch(/failed .*→ alice → chat +401: wrong token/);
    expect(text()).toMatch(/suppressed .*→ bob → chat +bob has opted out/);
    expect(text()).toMatch(/mail +✖ open 0:\d\d +1 +0 +0/);
    expect(text()).toMatch(/chat +● closed +0 +0 +1/);
    expect(text()).toMatch(/digest carol → pager +1 alert, in 9m/);
    expect(text()).toMatch(/channel +breaker +queued +sent +failed +ms/);
    const columnOf = (line: RegExp, part: string) =>
      text()
        .split("\n")
        .find((each) => line.test(each))!
        .indexOf(part);
    expect(columnOf(/channel +breaker/, "breaker")).toBe(columnOf(/chat +● closed/, "●"));
    expect(text()).toContain("deliveries: 1 queued, 0 delivered, 1 failed, 1 suppressed");
  });

  it("opens the attempts of the delivery at the cursor, and Esc leads back", async () => {
    const { press, text, session } = await startDeliveries({ width: 80, height: 24 });
    const isMail = () => /▸ .* queued /.test(text());
    for (let tries = 0; tries < 3 && !isMail(); tries += 1) press("j");
    press("<enter>");
    expect(session.view().ui.view).toBe("delivery");
    expect(text().match(/✖ \S+ ms +connection refused/g)).toHaveLength(3);
    expect(text()).toMatch(/key [0-9a-f]{20}/);
    press("<esc>");
    expect(session.view().ui.view).toBe("deliveries");
  });

  it("tests the channel at the cursor and retries a failed delivery, by whoever sits there", async () => {
    const { press, text, notifier, session, texts } = await startDeliveries();
    press("<tab>j");
    const channel = notifier.snapshot().channels[1]!.name;
    press("T");
    expect(notifier.snapshot().deliveries[0]!.notification).toMatchObject({
      reason: "test",
      channel,
      receiver: "operator",
    });
    expect(texts()[0]).toBe(`a test was queued for ${channel}`);
    press("<shift+tab>");
    const isFailed = () => /▸ .* failed /.test(text());
    for (let tries = 0; tries < 6 && !isFailed(); tries += 1) press("j");
    press("R");
    expect(session.view().ui.notice?.text).toBe("queued again: alice over chat");
  });

  it("says what is missing where nobody is notified", () => {
    const session = openSession(startMonitor());
    session.press("9");
    expect(session.screen().join("\n")).toContain("nobody is notified");
    session.press("T");
    expect(session.session.view().ui.notice?.good).toBe(false);
  });

  it.each([
    [40, 10],
    [60, 16],
    [160, 45],
  ])("shows the state of each delivery at %ix%i", async (width, height) => {
    const { text } = await startDeliveries({ width, height });
    for (const word of ["queued", "failed", "suppressed"]) expect(text()).toContain(word);
  });
});

describe("commands about notification", () => {
  it("are refused to a viewer, and where nobody is notified", () => {
    const { monitor } = startMonitor();
    const test = { type: "test-channel", channel: "mail" } as const;
    expect(monitor.dispatch(test)).toEqual({ done: false, text: "this monitor sends no notifications" });
    expect(monitor.dispatch(test, { name: "eve", role: "viewer" })).toEqual({
      done: false,
      text: "eve may watch but not act",
    });
  });
});
