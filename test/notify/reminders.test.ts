import { describe, expect, it } from "vitest";
import { type Answer, startNotifier } from "./harness.ts";

const DOWN = { ok: false, problem: "connection refused", retry: true } as const;

describe("reminders", () => {
  const often = `
receivers: [{ name: alice, channels: [hook] }]
routes: [{ receivers: [alice], group_wait: 0s, repeat_interval: 1m }]
`;

  /** Down from `from` to `to`, in seconds. */
  const downBetween =
    (from: number, to: number): Answer =>
    (_, at) =>
      at >= from * 1000 && at < to * 1000 ? DOWN : { ok: true };

  it("that a newer one replaced while the receiver was down are not sent when it is back", async () => {
    const {
      alarms,
      run: go,
      arrivals,
      notifier,
    } = await startNotifier(often, {
      answers: { hook: downBetween(200, 800) },
    });
    alarms.breach("api", "page");
    await go(1500);
    const reasons = arrivals.map(({ at, notification }) => [
      at >= 800_000 && at < 850_000,
      notification.reason,
    ]);
    expect(reasons.filter(([isBack]) => isBack)).toEqual([[true, "repeat"]]);
    const { deliveries, counts } = notifier.snapshot();
    const listed = deliveries.filter(({ state }) => state === "delivered").length;
    expect(counts.delivered).toBe(arrivals.length);
    expect(listed).toBe(arrivals.length);
  });

  it("to what keeps alerts itself displace nothing else", async () => {
    const started = await startNotifier(
      `
receivers: [{ name: alice, channels: [hook, chat] }]
routes: [{ receivers: [alice], group_wait: 0s, repeat_interval: 7d }]
`,
      {
        answers: {
          hook: downBetween(3000, 4000),
          chat: () => ({ ok: false, problem: "HTTP 403", retry: false }),
        },
        traits: { hook: { resend: { everyMs: 60_000, resolvedForMs: 900_000 } } },
      },
    );
    const { alarms, run: go, arrivals, notifier } = started;
    for (const entity of ["a", "b", "c", "d", "e"]) alarms.breach(entity, "critical");
    await go(3600, 5000);
    const during = notifier.snapshot();
    await go(3600, 5000);
    expect(arrivals.length).toBeGreaterThan(400);
    for (const { deliveries, counts } of [during, notifier.snapshot()]) {
      const of = (channel: string, reason: string) =>
        deliveries.filter(({ notification: each }) => each.channel === channel && each.reason === reason)
          .length;
      // What failed can still be sent again.
      expect(of("chat", "firing")).toBe(5);
      expect(of("hook", "firing")).toBe(5);
      expect(of("hook", "repeat")).toBe(5);
      expect(counts).toMatchObject({ failed: 5, suppressed: 0 });
    }
  });
});
