import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { opened, sent } from "./channels.ts";
import { type HttpRecipient, httpRecipient, status } from "./http-recipient.ts";
import { AT, aNotification, aNotifiedAlert, aResolution } from "./notifications.ts";

let server: HttpRecipient;
beforeEach(async () => {
  server = await httpRecipient();
});
afterEach(() => server.close());

const bodies = () => server.received.map(({ body }) => JSON.parse(body));

describe("a webhook", () => {
  it("gets the payload of Alertmanager's webhooks, with more keys", async () => {
    const alerts = [
      aNotifiedAlert(),
      aNotifiedAlert({ rule: "HIGH_ERROR_RATE", state: "resolved", endsAt: AT, annotations: {} }),
    ];
    await sent(
      opened("webhook", { url: server.url }),
      aNotification({ alerts, incident: { id: 3, title: "x down" } }),
    );
    expect(bodies()).toEqual([
      {
        version: "4",
        groupKey: "9a".repeat(32),
        truncatedAlerts: 0,
        status: "firing",
        receiver: "alice",
        groupLabels: { entity: "payment-service" },
        commonLabels: { entity: "payment-service", kind: "service", team: "payments", severity: "critical" },
        commonAnnotations: { summary: "payment-service: p99=1,020ms over 1,000ms" },
        externalURL: "",
        alerts: [
          {
            status: "firing",
            labels: expect.objectContaining({ alertname: "HIGH_LATENCY", severity: "critical" }),
            annotations: expect.objectContaining({ runbook: "https://wiki.example/latency" }),
            startsAt: "2026-03-01T11:59:00.000Z",
            endsAt: "0001-01-01T00:00:00Z",
            generatorURL: "",
            fingerprint: "HIGH_LATENCY/payment-service",
          },
          expect.objectContaining({ status: "resolved", endsAt: "2026-03-01T12:00:00.000Z" }),
        ],
        key: "5e".repeat(32),
        reason: "firing",
        severity: "critical",
        channel: "ops",
        level: 0,
        createdAt: "2026-03-01T12:00:00.000Z",
        incident: { id: 3, title: "x down" },
        title: "[FIRING] x down",
        body: expect.stringContaining("p99=1,020ms"),
      },
    ]);
    expect(server.received[0]!.headers["idempotency-key"]).toBe("5e".repeat(32));
  });

  it.each(["a plain secret", `whsec_${Buffer.from("thirty-two bytes of a real key!!").toString("base64")}`])(
    "can verify the signature made with %j",
    async (secret) => {
      const channel = opened("webhook", { url: server.url, secret });
      await sent(channel);
      const { headers, body } = server.received[0]!;
      expect(headers["webhook-id"]).toBe(aNotification().key);
      expect(Number(headers["webhook-timestamp"])).toBe(channel.clock.now() / 1000);
      const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : Buffer.from(secret);
      const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
      const expected = createHmac("sha256", key).update(signed).digest("base64");
      expect(headers["webhook-signature"]).toBe(`v1,${expected}`);
    },
  );

  it("gets the headers of the config, which come before its own", async () => {
    const headers = { Authorization: "Bearer ${env:T}", "content-type": "application/vnd.shop+json" };
    await sent(opened("webhook", { url: server.url, headers }, { env: { T: "abc" } }));
    expect(server.received[0]!.headers).toMatchObject({
      authorization: "Bearer abc",
      "content-type": "application/vnd.shop+json",
    });
  });
});

describe("Slack", () => {
  it("gets no mention from a text, and a colour by severity", async () => {
    const slack = opened("slack", { url: server.url });
    const message = "<!channel> & <https://evil.example|click>";
    await sent(slack, aNotification({ alerts: [aNotifiedAlert({ message, entity: "<@U1>" })] }));
    await sent(slack, aNotification({ severity: "page" }));
    await sent(slack, aResolution());
    expect(server.received[0]!.body).not.toMatch(/[<>]/);
    expect(bodies()[0].attachments[0].text).toContain(
      "&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt;",
    );
    expect(new Set(bodies().map(({ attachments }) => attachments[0].color)).size).toBe(3);
  });
});

describe("PagerDuty", () => {
  const pager = () =>
    opened("pagerduty", { routing_key: "${env:KEY}", url: server.url }, { env: { KEY: "r1" } });

  it("triggers, acknowledges and resolves one incident for a group", async () => {
    const channel = pager();
    expect(channel.acknowledgements).toBe(true);
    await sent(channel, aNotification({ severity: "page" }));
    await sent(channel, aNotification({ reason: "acknowledged", acknowledgedBy: "bob" }));
    await sent(channel, aResolution());
    expect(bodies().map(({ event_action }) => event_action)).toEqual(["trigger", "acknowledge", "resolve"]);
    expect(new Set(bodies().map(({ dedup_key, routing_key }) => `${routing_key} ${dedup_key}`))).toEqual(
      new Set([`r1 ${aNotification().groupKey}`]),
    );
    expect(bodies()[0].payload).toMatchObject({
      summary: "[FIRING] payment-service: HIGH_LATENCY",
      source: "payment-service",
      severity: "critical",
      timestamp: "2026-03-01T11:59:00.000Z",
      class: "HIGH_LATENCY",
    });
  });

  it("does not leave the incident of a test open", async () => {
    await sent(pager(), aNotification({ reason: "test", alerts: [] }));
    expect(bodies().map(({ event_action }) => event_action)).toEqual(["trigger", "resolve"]);
  });

  it("keeps an incident open while one of its alerts fires", async () => {
    const alerts = [aNotifiedAlert(), aNotifiedAlert({ rule: "X", state: "resolved", endsAt: AT })];
    await sent(pager(), aNotification({ reason: "resolved", alerts }));
    expect(bodies().map(({ event_action }) => event_action)).toEqual(["trigger"]);
  });
});

describe("ntfy", () => {
  it("gets a priority by severity, and no message that would become an attachment", async () => {
    const ntfy = opened(
      "ntfy",
      { url: server.url, topic: "shop" },
      {},
      { template: { body: "{{ message }}" } },
    );
    const message = "é".repeat(900);
    await sent(ntfy, aNotification({ severity: "page", alerts: [aNotifiedAlert({ message })] }));
    await sent(ntfy, aNotification({ severity: "warning" }));
    await sent(ntfy, aResolution());
    const priorities = bodies().map(({ priority }) => priority);
    expect(priorities).toEqual(priorities.toSorted((a, b) => b - a));
    expect(new Set(priorities).size).toBe(3);
    const long = opened(
      "ntfy",
      { url: server.url, topic: "shop" },
      {},
      { template: { body: "é".repeat(5000) } },
    );
    await sent(long);
    expect(Buffer.byteLength(bodies().at(-1).message)).toBeLessThan(4096);
    expect(bodies().at(-1).message).toMatch(/^é+…$/);
  });
});

it("a recipient that limits says when to come back, and takes it then", async () => {
  server.answer = (response, request, nth) =>
    status(nth === 1 ? 429 : 200, { "retry-after": "3" })(response, request, nth);
  const slack = opened("slack", { url: server.url });
  expect(await sent(slack)).toMatchObject({ ok: false, retry: true, retryAfterMs: 3000 });
  expect(await sent(slack)).toEqual({ ok: true });
});

it("an answer that comes late counts with its time", async () => {
  const slack = opened("slack", { url: server.url });
  const came = server.arrived(1);
  let answer = () => {};
  server.answer = (response) => {
    answer = () => response.writeHead(200).end();
  };
  const attempt = slack.deliver(aNotification(), new AbortController().signal);
  await came;
  slack.clock.runUntil(slack.clock.now() + 1234);
  answer();
  expect(await attempt).toEqual({ tookMs: 1234, result: { ok: true } });
});
