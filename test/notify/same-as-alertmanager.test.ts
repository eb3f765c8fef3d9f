import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalog } from "../../src/catalog/index.ts";
import { NO_LOGGER } from "../../src/core/log.ts";
import { createRealClock } from "../../src/core/real-clock.ts";
import { Notifier } from "../../src/notify/notifier.ts";
import { openChannel } from "../../src/notify/open-channel.ts";
import type { NotifyConfig } from "../../src/notify/settings.ts";
import { Alarms } from "./alarms.ts";
import { temporaryFolder } from "./folders.ts";
import { type HttpRecipient, httpRecipient } from "./http-recipient.ts";

const PROGRAM = "prometheus-alertmanager";

function isInstalled(): boolean {
  try {
    execFileSync(PROGRAM, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const installed = isInstalled();
if (!installed) console.warn(`${PROGRAM} is not installed: the comparison with it is skipped`);

/** The group wait and the group interval, ms. What happens, happens in the middle between two flushes. */
const WAIT_MS = 2_000;
const INTERVAL_MS = 3_000;
const HAPPENINGS: readonly { readonly at: number; readonly entity: string; readonly fires: boolean }[] = [
  { at: 0, entity: "a", fires: true },
  { at: 400, entity: "b", fires: true },
  { at: 3_500, entity: "c", fires: true },
  { at: 6_500, entity: "a", fires: false },
  { at: 9_500, entity: "b", fires: false },
  { at: 9_500, entity: "d", fires: true },
  { at: 12_500, entity: "c", fires: false },
  { at: 12_500, entity: "d", fires: false },
];
const END_MS = 16_500;

/** Each notification as its alerts: "a firing, b resolved". */
const told = ({ received }: HttpRecipient) =>
  received.map(({ body }) => {
    const { alerts } = JSON.parse(body) as { alerts: { labels: { entity: string }; status: string }[] };
    return alerts
      .map(({ labels, status }) => `${labels.entity} ${status}`)
      .sort()
      .join(", ");
  });

async function startAlertmanager(
  hook: string,
): Promise<{ readonly url: string; readonly program: ChildProcess }> {
  const folder = temporaryFolder();
  const config = {
    route: {
      receiver: "hook",
      group_by: ["alertname"],
      group_wait: `${WAIT_MS}ms`,
      group_interval: `${INTERVAL_MS}ms`,
      repeat_interval: "1h",
    },
    receivers: [{ name: "hook", webhook_configs: [{ url: hook, send_resolved: true }] }],
  };
  writeFileSync(join(folder, "config.yml"), JSON.stringify(config));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const options = [
    `--config.file=${join(folder, "config.yml")}`,
    `--storage.path=${folder}`,
    `--web.listen-address=127.0.0.1:${port}`,
    "--cluster.listen-address=",
  ];
  const program = spawn(PROGRAM, options, { stdio: "ignore" });
  const end = Date.now() + 15_000;
  while (Date.now() < end && !(await isReady(url))) await pause(100);
  return { url, program };
}

const isReady = (url: string) =>
  fetch(`${url}/-/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function notifyConfig(url: string): NotifyConfig {
  const each = <Value>(value: Value) => ({ warning: value, critical: value, page: value });
  const options = catalog.channels.get("webhook")!.schema.parse({ url });
  return {
    channels: [{ name: "hook", kind: "webhook", options, timeoutMs: 5_000, template: {} }],
    receivers: [{ name: "alice", enabled: true, channels: each(["hook"]), members: [] }],
    routes: [
      {
        matchers: [],
        of: "alerts",
        receivers: ["alice"],
        groupBy: ["alertname"],
        groupWaitMs: each(WAIT_MS),
        groupIntervalMs: INTERVAL_MS,
        repeatIntervalMs: 3_600_000,
        continue: false,
        escalate: [],
      },
    ],
  };
}

describe.skipIf(!installed)("the same alerts", () => {
  it("make the same notifications here and in a real Alertmanager", { timeout: 90_000 }, async () => {
    const [theirs, ours] = await Promise.all([httpRecipient(), httpRecipient()]);
    const { url, program } = await startAlertmanager(theirs.url);
    const clock = createRealClock();
    const alarms = new Alarms();
    const notifier = new Notifier(notifyConfig(ours.url), {
      clock,
      log: NO_LOGGER,
      directory: temporaryFolder(),
      pid: process.pid,
      open: (config) => openChannel(config, catalog.channels.get(config.kind)!, { clock, env: {} }),
    });
    await notifier.start();
    const startedAt = new Map<string, string>();
    const cancels = HAPPENINGS.map(({ at, entity, fires }) =>
      clock.after(at, () => {
        if (fires) alarms.breach(entity, "critical");
        else alarms.recover(entity);
        const now = new Date().toISOString();
        if (fires) startedAt.set(entity, now);
        const labels = { alertname: "HIGH_LATENCY", entity };
        const alert = { labels, startsAt: startedAt.get(entity), ...(fires ? {} : { endsAt: now }) };
        const headers = { "content-type": "application/json" };
        void fetch(`${url}/api/v2/alerts`, { method: "POST", headers, body: JSON.stringify([alert]) });
      }),
    );
    cancels.push(
      clock.every(50, ({ at }) => {
        alarms.evaluate(at);
        notifier.observe(alarms.observed(at));
      }),
    );
    await pause(END_MS);
    for (const cancel of cancels) cancel();
    await notifier.stop();
    program.kill();
    const expected = ["a firing, b firing", "a firing, b firing, c firing"];
    expect(told(theirs).slice(0, 2)).toEqual(expected);
    expect(told(ours)).toEqual(told(theirs));
    await Promise.all([theirs.close(), ours.close()]);
  });
});
