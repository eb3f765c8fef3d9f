import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { catalog } from "../../src/catalog/index.ts";
import { parseConfig } from "../../src/config/config.ts";
import { type Opened, opened, sent, TIMEOUT_MS } from "./channels.ts";
import { aNotification, anyNotification, aResolution } from "./notifications.ts";
import { type Recipient, recipientFor } from "./recipients.ts";

const KINDS = [...catalog.channels.values()];

/** What every channel promises, whatever its kind. A recipient that cannot misbehave in some way skips the test. */
describe.each(KINDS)("channel $kind", (kind) => {
  let recipient: Recipient;
  let channel: Opened;

  beforeEach(async () => {
    recipient = await recipientFor(kind);
    channel = opened(kind.kind, recipient.options, { env: recipient.env, terminal: recipient.terminal });
  });

  afterEach(async () => {
    channel.close();
    await recipient.close();
  });

  it("has a valid example", () => {
    const notify = { channels: [kind.example], receivers: [{ name: "a", channels: [kind.example.name] }] };
    const config = JSON.stringify({ services: [{ name: "x", base_latency: 5 }], notify });
    expect(parseConfig(config)).toMatchObject({ ok: true });
    expect(kind.example.kind).toBe(kind.kind);
  });

  it("has a schema that accepts its own output", () => {
    const { name: _, kind: __, ...options } = kind.example;
    const once = kind.schema.parse(options);
    expect(kind.schema.parse(once)).toEqual(once);
  });

  it("delivers what fires and what resolves", async () => {
    const notification = aNotification({ alerts: [{ ...aNotification().alerts[0]!, message: "needle-1" }] });
    expect(await sent(channel, notification)).toEqual({ ok: true });
    expect(await sent(channel, aResolution())).toEqual({ ok: true });
    expect(recipient.arrived()).toContain("needle-1");
  });

  it("delivers any texts, and never throws", async () => {
    await fc.assert(
      fc.asyncProperty(anyNotification, async (notification) => {
        expect(await sent(channel, notification)).toEqual({ ok: true });
      }),
      { numRuns: 25 },
    );
  }, 20_000);

  it("ends at its time limit if the recipient hangs, and that is worth a retry", async () => {
    if (recipient.hangs === undefined) return;
    const came = recipient.hangs();
    const attempt = channel.deliver(aNotification(), new AbortController().signal);
    await came;
    channel.clock.runUntil(channel.clock.now() + TIMEOUT_MS - 1);
    await expect(Promise.race([attempt, "still open"])).resolves.toBe("still open");
    channel.clock.runUntil(channel.clock.now() + 1);
    expect(await attempt).toMatchObject({ tookMs: TIMEOUT_MS, result: { ok: false, retry: true } });
    recipient.works();
    expect(await sent(channel)).toEqual({ ok: true });
  });

  it("ends when it is cancelled, before and during an attempt", async () => {
    expect(await channel.deliver(aNotification(), AbortSignal.abort())).toMatchObject({
      result: { ok: false, retry: true },
    });
    if (recipient.hangs === undefined) return;
    const came = recipient.hangs();
    const controller = new AbortController();
    const attempt = channel.deliver(aNotification(), controller.signal);
    await came;
    controller.abort();
    expect(await attempt).toMatchObject({ tookMs: 0, result: { ok: false, retry: true } });
  });

  it("tries again after a failure that may pass, and delivers when the recipient is back", async () => {
    for (const misbehave of [recipient.fails, recipient.closesEarly]) {
      if (misbehave === undefined) continue;
      misbehave();
      expect(await sent(channel)).toMatchObject({ ok: false, retry: true });
    }
    recipient.works();
    expect(await sent(channel)).toEqual({ ok: true });
  });

  it("does not try again what is refused for good, and shows no secret that the refusal echoes", async () => {
    if (recipient.refuses === undefined) return;
    recipient.refuses();
    const result = await sent(channel);
    expect(result).toMatchObject({ ok: false, retry: false });
    const text = JSON.stringify(result).toLowerCase();
    for (const secret of recipient.secrets) {
      expect(text).not.toContain(secret.toLowerCase());
      // Nor the half of it.
      expect(text).not.toContain(secret.slice(0, secret.length / 2).toLowerCase());
    }
  });

  it("says what secret is missing instead of sending, and that is not worth a retry", async () => {
    if (
      Object.keys(recipient.env).every((name) => !JSON.stringify(recipient.options).includes(`{env:${name}}`))
    )
      return;
    const without = opened(kind.kind, recipient.options, { env: {}, terminal: recipient.terminal });
    const result = await sent(without);
    expect(result).toMatchObject({ ok: false, retry: false, problem: expect.stringContaining("is not set") });
    expect(recipient.arrived()).toBe("");
  });
});
