import { beforeAll, describe, expect, it } from "vitest";
import { loadCron } from "../../src/core/cron.ts";
import { loadRegexEngine } from "../../src/core/regex.ts";
import { configOf, problemsOf } from "./harness.ts";

const withService = (rest: string) => `services: [{ name: a }]\n${rest}`;
const window = (rest: string) => withService(`maintenance: [{ name: w, ${rest} }]`);
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  await loadCron();
  await loadRegexEngine();
});

describe("what holds for all alerts", () => {
  it("has defaults for what is not written", () => {
    expect(configOf(withService("")).alerts).toBeUndefined();
    expect(
      configOf(withService("alerts: { per_entity: 3, flapping: { interval: 1m, high: 50 } }")).alerts,
    ).toEqual({
      flapping: { intervalMs: 60_000, high: 50, low: 20 },
      perEntity: 3,
    });
  });

  it.each([
    ["per_entity: 0", "2:23: alerts.per_entity must be a whole number from 1 to 1000"],
    ["flapping: { high: 10 }", "2:21: alerts.flapping.low is missing; it must be less than high"],
    ["flapping: { high: 30, low: 30 }", "2:38: alerts.flapping.low must be less than high"],
    [
      "flapping: { interval: 0 }",
      "2:33: alerts.flapping.interval must be a duration of at least 1000ms, such as 250ms, 1.5s or 2m",
    ],
  ])("%s is refused", (text, problem) => {
    expect(problemsOf(withService(`alerts: { ${text} }`))).toEqual([problem]);
  });
});

describe("a maintenance window", () => {
  it("is built with its instants", () => {
    const text = `maintenance:
  - { name: night, match: 'team=~"pay.*"', cron: "0 2 * * 1-5", duration: 1h, timezone: Europe/Berlin, reason: backup }
  - { name: move, from: 2026-12-01T22:00, to: 2026-12-02T02:00, timezone: Europe/Berlin }`;
    expect(configOf(withService(text)).maintenance).toEqual([
      {
        name: "night",
        matchers: [{ name: "team", operator: "=~", value: "pay.*" }],
        reason: "backup",
        when: { cron: "0 2 * * 1-5", durationMs: HOUR_MS, timeZone: "Europe/Berlin" },
      },
      {
        name: "move",
        matchers: [],
        reason: "",
        when: { from: Date.UTC(2026, 11, 1, 21), to: Date.UTC(2026, 11, 2, 1) },
      },
    ]);
  });

  it.each([
    ["cron: 0 0 30 2 *, duration: 1h", '2:32: maintenance[0].cron never comes: no date matches "0 0 30 2 *"'],
    [
      "cron: 61 * * * *, duration: 1h",
      "2:32: maintenance[0].cron is no valid cron line: Invalid value for minute: 61",
    ],
    [
      "cron: 0 2 * * *",
      "2:15: maintenance[0].duration is missing; it must say how long it stays open, such as 1h",
    ],
    [
      'cron: "*/5 * * * *", duration: 1h',
      "2:57: maintenance[0].duration must be shorter than the time between two openings; the window would never close",
    ],
    [
      "cron: 0 2 * * *, duration: 1h, from: 2026-12-01",
      "2:63: maintenance[0].from cannot stand beside cron; use one of them",
    ],
    [
      "from: 2026-12-01T22:00, to: 2026-12-01T21:00",
      "2:54: maintenance[0].to must be later than from; the window would end before it begins",
    ],
    [
      "from: 2026-02-30, to: 2026-12-01",
      "2:32: maintenance[0].from must be a date and time, such as 2026-12-01T22:00 or 2026-12-01T22:00:00+01:00",
    ],
    [
      "from: 2026-12-01",
      "2:15: maintenance[0].to is missing; it must be a date and time, such as 2026-12-01T22:00 or 2026-12-01T22:00:00+01:00",
    ],
    ["reason: x", "2:15: maintenance[0] must say when: from and to, or cron and duration"],
    [
      "cron: 0 2 * * *, duration: 1h, timezone: Mars/Base",
      "2:67: maintenance[0].timezone must be an IANA time zone, such as Europe/Berlin or UTC",
    ],
    [
      "cron: 0 2 * * *, duration: 1h, match: 'team=~\"(\"'",
      "2:64: maintenance[0].match team: invalid regular expression: error parsing regexp: missing closing ): `(`",
    ],
  ])("%s is refused", (text, problem) => {
    expect(problemsOf(window(text))).toEqual([problem]);
  });

  it("needs a name of its own", () => {
    const twice =
      "maintenance: [{ name: w, from: 2026-01-01, to: 2026-01-02 }, { name: w, cron: 0 2 * * *, duration: 1h }]";
    expect(problemsOf(withService(twice))).toEqual([
      '2:70: maintenance[1].name "w" is taken; use another name',
    ]);
  });
});
