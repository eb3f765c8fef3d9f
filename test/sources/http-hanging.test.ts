import { describe, expect, it, onTestFinished } from "vitest";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import { createMonitor } from "../../src/monitor/monitor.ts";
import { configOf } from "../monitor/harness.ts";
import { httpServer, rawServer } from "./http-servers.ts";

/** Lets pending I/O on this machine happen. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** A monitor of one real server, on virtual time. */
function watching(url: string, options: string) {
  const clock = createVirtualClock();
  const config = configOf(`services: [{ name: shop, source: http, url: "${url}", ${options} }]`);
  const monitor = createMonitor({ config, configName: "test.yaml", clock, live: true });
  const startedAt = clock.now();
  monitor.start();
  onTestFinished(() => monitor.stop());
  const shop = () => monitor.snapshot().entities[0]!;
  return {
    monitor,
    shop,
    /** Advances in steps of 250 ms; calls `seen` after each. */
    async run(seconds: number, seen: (second: number) => void = () => {}) {
      for (let step = 0; step < seconds * 4; step++) {
        clock.runUntil(clock.now() + 250);
        await settled();
        seen((clock.now() - startedAt) / 1000);
      }
    },
  };
}

describe("a target that never answers", () => {
  it.each(["interval: 1s, timeout: 10s", "interval: 1s, timeout: 45s", "interval: 2s, timeout: 7s"])(
    "goes down once and stays down, and pages once: %s",
    async (options) => {
      const port = await rawServer(() => {});
      const { monitor, shop, run } = watching(`http://127.0.0.1:${port}/`, options);
      const healths: string[] = [];
      const firing: boolean[] = [];
      await run(240, () => {
        const { health } = shop();
        if (health !== healths.at(-1)) healths.push(health);
        const isFiring = monitor
          .snapshot()
          .alerts.some(({ rule, state }) => rule === "SERVICE_DOWN" && state === "firing");
        if (isFiring !== firing.at(-1)) firing.push(isFiring);
      });
      expect(healths).toEqual(["unknown", "degraded", "critical", "down"]);
      expect(firing).toEqual([false, true]);
    },
  );

  it("says what is known before the first answer", async () => {
    const port = await rawServer(() => {});
    const { shop, run } = watching(`http://127.0.0.1:${port}/`, "interval: 5s, timeout: 20s");
    await run(1);
    expect(shop().health).toBe("unknown");
    expect(shop().reasons[0]).toMatch(/^probe outstanding for (500ms|1s), none answered yet$/);
    await run(4);
    expect(shop().health).toBe("degraded");
    expect(shop().reasons[0]).toMatch(/^probe outstanding for [45]s, none answered yet$/);
  });
});

describe("a target that answers slowly", () => {
  it("within its timeout is not paged as down", async () => {
    let stalls = false;
    const waiting: (() => void)[] = [];
    const url = await httpServer((_, response) => {
      if (stalls) waiting.push(() => response.end());
      else response.end();
    });
    const { monitor, shop, run } = watching(url, "interval: 1s, timeout: 10s");
    await run(20);
    expect(shop().health).toBe("healthy");
    const before = shop().values;
    stalls = true;
    const worst = { outstanding: 0, p99: 0, healthy: 0 };
    await run(9, () => {
      const { values, health } = shop();
      worst.outstanding = Math.max(worst.outstanding, values.outstanding ?? 0);
      worst.p99 = Math.max(worst.p99, values.p99 ?? 0);
      if (health === "healthy") worst.healthy += 1;
    });
    // From 3 s on it is seen, while nothing has ended yet: a probe has been outstanding for more than 1 s.
    expect(worst.healthy).toBeLessThanOrEqual(11);
    expect(worst.outstanding).toBeGreaterThanOrEqual(6_000);
    expect(worst.p99).toBeGreaterThanOrEqual(5_900);
    expect(before.p99).toBeLessThan(1_000);
    stalls = false;
    for (const answer of waiting) answer();
    await run(1);
    // The blocked third of the window counts, and nothing has failed.
    expect(shop().values).toMatchObject({
      availability: 100,
      error_rate: 0,
      outstanding: 0,
      health_check: 1,
    });
    expect(shop().values.waits).toBeGreaterThanOrEqual(6);
    expect(shop().values.requests! + shop().values.waits!).toBe(shop().values.latencies);
    expect(monitor.snapshot().alerts.filter(({ rule }) => rule === "SERVICE_DOWN")).toEqual([]);
  });
});

it("availability is the exact share of successful probes, apart from the verdict of the check", async () => {
  let nth = 0;
  const url = await httpServer((_, response) => {
    nth += 1;
    response.writeHead(nth % 50 === 7 ? 503 : 200).end();
  });
  const { shop, run } = watching(url, "interval: 500ms, window: 2m, retry_interval: 500ms");
  await run(120);
  const { values } = shop();
  expect(values.requests).toBeGreaterThan(200);
  expect(values.availability).toBeCloseTo(100 * (1 - values.errors! / values.requests!), 10);
  expect(values.availability).toBeLessThan(99);
  expect(values).toMatchObject({ failed_checks: 0, health_check: 1 });
});
