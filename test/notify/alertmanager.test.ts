import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Notification } from "../../src/core/notification.ts";
import { createRealClock } from "../../src/core/real-clock.ts";
import { opened, sent, TIMEOUT_MS } from "./channels.ts";
import { type HttpRecipient, httpRecipient, status } from "./http-recipient.ts";
import { aNotification, aNotifiedAlert } from "./notifications.ts";

const PROGRAM = "prometheus-alertmanager";

function isInstalled(): boolean {
  try {
    execFileSync(PROGRAM, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

interface GettableAlert {
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL: string;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const installed = isInstalled();
if (!installed) console.warn(`${PROGRAM} is not installed: the tests with a real Alertmanager are skipped`);

/** The alerts that a notification is about, as of now. */
function about(alerts: Notification["alerts"], given: Partial<Notification> = {}): Notification {
  return aNotification({ alerts, channel: "am", ...given });
}

describe.skipIf(!installed)("a real Alertmanager", () => {
  const folder = mkdtempSync(join(tmpdir(), "faultline-alertmanager-"));
  const clock = createRealClock();
  let program: ChildProcess;
  let receiver: HttpRecipient;
  let url: string;

  beforeAll(async () => {
    receiver = await httpRecipient();
    const config = {
      route: { receiver: "hook", group_by: ["entity"], group_wait: "100ms", group_interval: "200ms" },
      receivers: [{ name: "hook", webhook_configs: [{ url: receiver.url, send_resolved: true }] }],
    };
    writeFileSync(join(folder, "config.yml"), JSON.stringify(config));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    program = spawn(
      PROGRAM,
      [
        `--config.file=${join(folder, "config.yml")}`,
        `--storage.path=${folder}`,
        `--web.listen-address=127.0.0.1:${port}`,
        "--cluster.listen-address=",
      ],
      { stdio: "ignore" },
    );
    for (let tries = 0; tries < 100; tries++) {
      const isReady = await fetch(`${url}/-/ready`).then(
        (response) => response.ok,
        () => false,
      );
      if (isReady) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("Alertmanager does not become ready.");
  }, 20_000);

  afterAll(async () => {
    program.kill("SIGKILL");
    await receiver.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const active = async (): Promise<GettableAlert[]> => {
    const response = await fetch(`${url}/api/v2/alerts?active=true`);
    return (await response.json()) as GettableAlert[];
  };
  const channel = (given: object = {}) => opened("alertmanager", { urls: [`${url}/`], ...given }, { clock });

  it("receives, groups and resolves what the channel sends", async () => {
    const now = Date.now();
    const am = channel({ generator_url: "http://faultline.example/" });
    const alerts = ["HIGH_LATENCY", "HIGH_ERROR_RATE"].map((rule) =>
      aNotifiedAlert({
        rule,
        entity: "cart",
        startsAt: now - 1000,
        labels: { alertname: rule, entity: "cart", "odd-name": "x", none: "" },
      }),
    );
    const before = receiver.received.length;
    expect(await sent(am, about(alerts))).toEqual({ ok: true });
    const listed = (await active()).filter(({ labels }) => labels.entity === "cart");
    expect(
      listed.map(({ labels }) => labels).toSorted((a, b) => (a.alertname! < b.alertname! ? -1 : 1)),
    ).toEqual([
      { alertname: "HIGH_ERROR_RATE", entity: "cart", odd_name: "x", severity: "critical" },
      { alertname: "HIGH_LATENCY", entity: "cart", odd_name: "x", severity: "critical" },
    ]);
    expect(Date.parse(listed[0]!.startsAt)).toBe(now - 1000);
    expect(listed[0]!.generatorURL).toBe("http://faultline.example/");
    // It resolves by itself if Faultline ends.
    expect(Date.parse(listed[0]!.endsAt) - Date.now()).toBeGreaterThan(3 * 60_000);
    expect(Date.parse(listed[0]!.endsAt) - Date.now()).toBeLessThanOrEqual(4 * 60_000);

    await receiver.arrived(before + 1);
    const page = JSON.parse(receiver.received[before]!.body);
    expect(page).toMatchObject({ status: "firing", groupLabels: { entity: "cart" } });
    expect(page.alerts).toHaveLength(2);

    const over = alerts.map((alert) => ({ ...alert, state: "resolved" as const, endsAt: Date.now() }));
    expect(await sent(am, about(over, { reason: "resolved" }))).toEqual({ ok: true });
    await receiver.arrived(before + 2);
    expect(JSON.parse(receiver.received[before + 1]!.body)).toMatchObject({ status: "resolved" });
    expect((await active()).filter(({ labels }) => labels.entity === "cart")).toEqual([]);
  }, 20_000);

  it("has one alert when the severity rises, since the channel ends the lower one", async () => {
    const am = channel();
    const alert = aNotifiedAlert({ entity: "stock", severity: "warning", startsAt: Date.now() - 1000 });
    await sent(am, about([alert]));
    await sent(am, about([{ ...alert, severity: "page" }]));
    const severities = (await active())
      .filter(({ labels }) => labels.alertname === alert.rule && labels.entity === alert.labels.entity)
      .map(({ labels }) => labels.severity);
    expect(severities).toEqual(["page"]);
  });

  it("takes a test, which resolves by itself", async () => {
    expect(await sent(channel(), aNotification({ reason: "test", alerts: [] }))).toEqual({ ok: true });
    const [test] = (await active()).filter(({ labels }) => labels.alertname === "FaultlineTest");
    expect(Date.parse(test!.endsAt) - Date.now()).toBeLessThanOrEqual(60_000);
  });

  it("says for good what it refuses", async () => {
    const am = channel({ urls: [`${url}/wrong`] });
    expect(await sent(am)).toMatchObject({
      ok: false,
      retry: false,
      problem: expect.stringContaining("404"),
    });
  });
});

describe("several peers", () => {
  it("all get every alert; one that is away is a note, since it is told again", async () => {
    const [one, two] = [
      await httpRecipient(),
      await httpRecipient(status(503, { "retry-after": "7" }, "away")),
    ];
    const am = opened("alertmanager", { urls: [one.url, two.url] });
    expect(await sent(am)).toMatchObject({ ok: true, note: expect.stringContaining("1 of 2 peers") });
    two.answer = status(200);
    expect(await sent(am)).toEqual({ ok: true });
    expect(two.received.map(({ body }) => body)).toEqual(one.received.map(({ body }) => body));

    one.answer = status(500);
    two.answer = status(503, { "retry-after": "7" });
    expect(await sent(am)).toMatchObject({ ok: false, retry: true, retryAfterMs: 7000 });
    one.answer = status(400);
    two.answer = status(401);
    expect(await sent(am)).toMatchObject({ ok: false, retry: false });
    await Promise.all([one.close(), two.close()]);
  });

  it("one that hangs does not fail what another one has", async () => {
    const [one, two] = [await httpRecipient(), await httpRecipient(() => {})];
    const am = opened("alertmanager", { urls: [two.url, one.url] });
    const attempt = sent(am);
    await one.arrived(1);
    await two.arrived(1);
    const begun = am.clock.now();
    let result: unknown;
    void attempt.then((value) => {
      result = value;
    });
    // The answer of the other one is on its way: time passes slowly.
    while (result === undefined && am.clock.now() < begun + TIMEOUT_MS - 1) {
      am.clock.runUntil(am.clock.now() + 1);
      await new Promise(setImmediate);
    }
    expect(result).toMatchObject({ ok: true, note: expect.stringContaining("no answer") });
    await Promise.all([one.close(), two.close()]);
  });
});
