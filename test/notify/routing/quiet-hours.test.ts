import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quietUntil } from "../../../src/notify/routing/quiet-hours.ts";
import type { ReceiverConfig } from "../../../src/notify/settings.ts";

const NONE = { warning: [], critical: [], page: [] };

function someone(timeZone: string, from: string, to: string): ReceiverConfig {
  const quietHours = { from: minutes(from), to: minutes(to) };
  return { name: "alice", enabled: true, channels: NONE, members: [], timeZone, quietHours };
}

function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.split(":").map(Number);
  return hours * 60 + rest;
}

const until = (receiver: ReceiverConfig, at: string) => {
  const end = quietUntil(receiver, Date.parse(at));
  return end === undefined ? "awake" : new Date(end).toISOString().slice(0, 16);
};

describe("quiet hours", () => {
  it.each([
    ["before midnight", "2026-01-10T22:30:00Z", "2026-01-11T06:00"],
    ["after midnight", "2026-01-11T02:00:30Z", "2026-01-11T06:00"],
    ["at their first minute", "2026-01-10T21:00:00Z", "2026-01-11T06:00"],
    ["a second before", "2026-01-10T20:59:59Z", "awake"],
    ["at their end", "2026-01-11T06:00:00Z", "awake"],
    ["in summer, an hour earlier in UTC", "2026-07-10T20:00:00Z", "2026-07-11T05:00"],
    [
      "in the night in which clocks are set forward: one hour shorter",
      "2026-03-28T22:00:00Z",
      "2026-03-29T05:00",
    ],
    ["in the night in which they are set back: one hour longer", "2026-10-24T20:30:00Z", "2026-10-25T06:00"],
  ])("in Berlin from 22:00 to 07:00, %s", (_, at, expected) => {
    expect(until(someone("Europe/Berlin", "22:00", "07:00"), at)).toBe(expected);
  });

  it("end when the clock jumps over their end", () => {
    // In New York 02:00 to 03:00 does not exist on this day: 01:59 is followed by 03:00.
    expect(until(someone("America/New_York", "01:00", "02:30"), "2026-03-08T06:10:00Z")).toBe(
      "2026-03-08T07:00",
    );
  });

  it("hold twice for an hour that is repeated", () => {
    const receiver = someone("America/New_York", "01:15", "01:45");
    expect(until(receiver, "2026-11-01T05:20:00Z")).toBe("2026-11-01T05:45");
    expect(until(receiver, "2026-11-01T06:20:00Z")).toBe("2026-11-01T06:45");
  });

  it("follow zones that are no whole hours away", () => {
    expect(until(someone("Asia/Kathmandu", "22:00", "06:00"), "2026-01-10T16:20:00Z")).toBe(
      "2026-01-11T00:15",
    );
  });

  it("agree at every minute with the clock on the wall", () => {
    const zone = fc.constantFrom(
      "Europe/Berlin",
      "America/New_York",
      "Asia/Tokyo",
      "Australia/Lord_Howe",
      "UTC",
    );
    const at = fc.date({ min: new Date("2026-01-01"), max: new Date("2027-12-31"), noInvalidDate: true });
    const time = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(zone, at, time, time, (timeZone, date, from, to) => {
        fc.pre(from !== to);
        // An independent reading of the wall clock: the whole local time as text.
        const wall = date.toLocaleString("sv-SE", { timeZone }).slice(11, 16);
        const inside =
          from < to ? wall >= text(from) && wall < text(to) : wall >= text(from) || wall < text(to);
        const receiver = { ...someone(timeZone, "00:00", "00:01"), quietHours: { from, to } };
        const end = quietUntil(receiver, date.getTime());
        expect(end !== undefined).toBe(inside);
        if (end === undefined) return;
        expect(end).toBeGreaterThan(date.getTime());
        expect(quietUntil(receiver, end)).toBeUndefined();
        expect(quietUntil(receiver, end - 1)).toBe(end);
      }),
      { numRuns: 200 },
    );
  });
});

const text = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
