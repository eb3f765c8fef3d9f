import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { AlertEngine } from "../../src/alerts/engine.ts";
import { loadEnginesOf, type MaintenanceWindow, scheduleOf } from "../../src/alerts/maintenance/window.ts";
import { DEFAULT_ALERT_SETTINGS } from "../../src/alerts/settings.ts";
import { parseMatchers } from "../../src/core/matchers.ts";

const HOUR_MS = 3_600_000;
const CONTEXT = { whyExpired: () => undefined, whyFrozen: () => undefined, labelsOf: () => ({ team: "a" }) };

/** Every day from 23:30 to 1:00, except on the days when Berlin changes its clocks. */
const NIGHTLY: MaintenanceWindow = {
  name: "nightly",
  matchers: parseMatchers("team=a"),
  reason: "backup",
  when: { cron: "30 23 * * *", durationMs: 1.5 * HOUR_MS, timeZone: "Europe/Berlin" },
};
const at = (text: string) => Date.parse(text);
const iso = (ms: number | undefined) =>
  ms === undefined ? undefined : new Date(ms).toISOString().slice(0, 16);

beforeAll(() => loadEnginesOf([NIGHTLY, { ...NIGHTLY, matchers: parseMatchersLater() }]));

/** Matchers that need the engine for regular expressions. */
function parseMatchersLater(): MaintenanceWindow["matchers"] {
  return [{ name: "entity", operator: "=~", value: "a.*" }];
}

describe("a schedule", () => {
  it.each([
    ["across midnight", NIGHTLY.when, "2026-06-02T22:15Z", "2026-06-02T21:30", "2026-06-02T23:00"],
    ["not yet", NIGHTLY.when, "2026-06-02T21:29Z", undefined, undefined],
    ["not any more", NIGHTLY.when, "2026-06-02T23:00Z", undefined, undefined],
    [
      "through the night in which an hour is skipped: the time that passes counts",
      { cron: "0 1 * * *", durationMs: 2 * HOUR_MS, timeZone: "Europe/Berlin" },
      "2026-03-29T01:59Z",
      "2026-03-29T00:00",
      "2026-03-29T02:00",
    ],
    [
      "once",
      { from: at("2026-06-02T10:00Z"), to: at("2026-06-02T12:00Z") },
      "2026-06-02T11:59Z",
      "2026-06-02T10:00",
      "2026-06-02T12:00",
    ],
  ])("is open %s", (_, when, now, from, to) => {
    const open = scheduleOf({ when }).openAt(at(now));
    expect([iso(open?.from), iso(open?.to)]).toEqual([from, to]);
  });

  it("is open at an instant if and only if it opened less than its duration before, and says when it opens next", () => {
    const minute = 60_000;
    const begin = at("2026-03-27T00:00Z");
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 1, max: 20 * 60 }),
        fc.integer({ min: 0, max: 5 * 24 * 60 * minute }),
        (hour, minutes, after) => {
          const now = begin + after;
          const durationMs = minutes * minute;
          const schedule = scheduleOf({ when: { cron: `0 ${hour} * * *`, durationMs, timeZone: "UTC" } });
          const today = Math.floor(now / (24 * HOUR_MS)) * 24 * HOUR_MS + hour * HOUR_MS;
          const last = today <= now ? today : today - 24 * HOUR_MS;
          expect(schedule.openAt(now)?.from).toBe(now < last + durationMs ? last : undefined);
          expect(schedule.next(now)?.from).toBe(last + 24 * HOUR_MS);
        },
      ),
    );
  });
});

function start(...windows: MaintenanceWindow[]) {
  const engine = new AlertEngine();
  engine.configure(DEFAULT_ALERT_SETTINGS, windows);
  const breach = { severity: "critical" as const, message: "api: p99" };
  const instance = { rule: "R", entity: "api", breach, hold: { ticks: 1, ms: 0 } };
  const tick = (text: string) => engine.evaluate(at(text), [instance], CONTEXT);
  return { engine, tick, alert: () => engine.alerts()[0]! };
}

describe("an open window", () => {
  it("is a silence of the config with its end, and says when it opens next", () => {
    const { engine, tick, alert } = start(NIGHTLY);
    tick("2026-06-02T21:29:59Z");
    expect(alert().silencedBy).toBeUndefined();
    expect(engine.maintenance()).toMatchObject([
      {
        name: "nightly",
        matchers: 'team="a"',
        schedule: "30 23 * * * for 1.5h, Europe/Berlin",
        openUntil: undefined,
        opensAt: at("2026-06-02T21:30Z"),
        closesAt: at("2026-06-02T23:00Z"),
      },
    ]);
    tick("2026-06-02T21:30Z");
    expect(engine.silences()).toMatchObject([
      {
        id: alert().silencedBy,
        author: "config",
        reason: "maintenance nightly: backup",
        endsAt: at("2026-06-02T23:00Z"),
      },
    ]);
    expect(engine.maintenance()).toMatchObject([{ openUntil: at("2026-06-02T23:00Z") }]);
    tick("2026-06-02T22:59:59Z");
    expect(alert().silencedBy).toBeDefined();
    tick("2026-06-02T23:00Z");
    expect(alert().silencedBy).toBeUndefined();
    const marks = engine.log.after(0).filter(({ type }) => type.endsWith("silenced"));
    expect(marks.map(({ type, actor }) => `${type} ${actor}`)).toEqual([
      "silenced config",
      "unsilenced config",
    ]);
    expect(marks[0]!.reason).toContain("maintenance nightly: backup");
    tick("2026-06-03T21:30Z");
    expect(alert().silencedBy).toBeDefined();
  });

  it("is found open by a monitor that starts within it, and ends when it is removed from the config", () => {
    const { engine, tick, alert } = start(NIGHTLY);
    tick("2026-06-02T22:30Z");
    expect(alert().silencedBy).toBeDefined();
    engine.configure(DEFAULT_ALERT_SETTINGS, [NIGHTLY]);
    tick("2026-06-02T22:31Z");
    expect(engine.silences()).toHaveLength(1);
    engine.configure(DEFAULT_ALERT_SETTINGS, []);
    tick("2026-06-02T22:32Z");
    expect(alert().silencedBy).toBeUndefined();
    expect(engine.silences()).toMatchObject([{ endsAt: at("2026-06-02T22:32Z") }]);
  });

  it("that an operator ends stays ended until it opens again", () => {
    const { engine, tick, alert } = start(NIGHTLY);
    tick("2026-06-02T22:00Z");
    engine.endSilenceAt(at("2026-06-02T22:01Z"), alert().silencedBy!, at("2026-06-02T22:01Z"), "alice");
    tick("2026-06-02T22:02Z");
    expect(alert().silencedBy).toBeUndefined();
    tick("2026-06-03T22:00Z");
    expect(alert().silencedBy).toBeDefined();
  });

  it("without matchers silences everything, and with others only what matches", () => {
    const all = start({ ...NIGHTLY, matchers: [] });
    all.tick("2026-06-02T22:00Z");
    expect(all.alert().silencedBy).toBeDefined();
    const other = start({ ...NIGHTLY, matchers: parseMatchers("team=b") });
    other.tick("2026-06-02T22:00Z");
    expect(other.alert().silencedBy).toBeUndefined();
  });
});
