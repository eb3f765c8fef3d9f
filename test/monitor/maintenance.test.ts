import { beforeAll, expect, it } from "vitest";
import { loadCron } from "../../src/core/cron.ts";
import { configOf, startMonitor } from "./harness.ts";

const FAILING = `
window: 5s
services:
  - { name: a, base_latency: 20ms, rate: 40, error_rate: 0.9, labels: { team: pay } }
  - { name: b, base_latency: 20ms, rate: 40, error_rate: 0.9 }
`;
const SLOW = FAILING.replaceAll("base_latency: 20ms", "base_latency: 1500ms");
/** Every minute, for half of it. */
const WINDOW = `
maintenance:
  - { name: often, match: team="pay", cron: "* * * * *", duration: 30s, timezone: UTC, reason: rollout }
`;

beforeAll(loadCron);

it("a window of the config silences what it matches, says so, and is there in the past", () => {
  const { monitor, run, clock, texts } = startMonitor(FAILING + WINDOW);
  const silenced = () => {
    const { alerts } = monitor.snapshot();
    return [...new Set(alerts.filter(({ silencedBy }) => silencedBy).map(({ entity }) => entity))];
  };
  run(60 - ((clock.now() / 1000) % 60) + 10);
  const open = monitor.snapshot();
  const minute = open.at - 10_000;
  expect(silenced()).toEqual(["a"]);
  expect(open.silences.find(({ endsAt }) => endsAt === minute + 30_000)).toMatchObject({
    author: "config",
    reason: "maintenance often: rollout",
    startsAt: minute,
  });
  expect(open.maintenance).toMatchObject([
    { name: "often", openSince: minute, openUntil: minute + 30_000, opensAt: minute + 60_000 },
  ]);
  expect(texts()).toContain("maintenance often began, for 30s: rollout");
  run(30);
  expect(silenced()).toEqual([]);
  expect(texts()).toContain("maintenance often ended");
  expect(monitor.snapshot().maintenance).toMatchObject([{ openUntil: undefined, opensAt: minute + 60_000 }]);
  expect(monitor.snapshotAt(open.at).maintenance).toEqual(open.maintenance);
  run(30);
  expect(silenced()).toEqual(["a"]);
  monitor.reconfigure(configOf(FAILING));
  run(1);
  expect(silenced()).toEqual([]);
  expect(monitor.snapshot().maintenance).toEqual([]);
});

it("limits of alerts come from the config, also after a reload", () => {
  const { monitor, run } = startMonitor(`${SLOW}alerts: { per_entity: 1 }\n`);
  run(20);
  const folded = () =>
    monitor.snapshot().alerts.filter((alert) => alert.folded && alert.entity === "a").length;
  const active = () =>
    monitor.snapshot().alerts.filter(({ entity, state }) => entity === "a" && state === "firing").length;
  expect(active()).toBeGreaterThan(1);
  expect(folded()).toBe(active() - 1);
  monitor.reconfigure(configOf(SLOW));
  run(1);
  expect(folded()).toBe(0);
});
