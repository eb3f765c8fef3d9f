import { beforeAll, describe, expect, it } from "vitest";
import { compileCron, loadCron } from "../../src/core/cron.ts";
import { instantOf } from "../../src/core/local-time.ts";

const iso = (at: number | undefined) => (at === undefined ? "never" : new Date(at).toISOString());

describe("a cron line", () => {
  beforeAll(loadCron);

  it.each([
    ["0 2 * * *", "UTC", "2026-03-01T01:59:59Z", "2026-03-01T02:00:00.000Z"],
    ["0 2 * * *", "UTC", "2026-03-01T02:00:00Z", "2026-03-02T02:00:00.000Z"],
    ["@daily", "UTC", "2026-03-01T01:00:00Z", "2026-03-02T00:00:00.000Z"],
    // The clocks go from 2:00 to 3:00, and back from 3:00 to 2:00.
    ["30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00.000Z"],
    ["30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00.000Z"],
    ["30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00.000Z"],
    ["0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00.000Z"],
    ["0 0 30 2 *", "UTC", "2026-01-01T00:00:00Z", "never"],
  ])("%s in %s after %s is at %s", (line, zone, after, next) => {
    expect(iso(compileCron(line, zone).after(Date.parse(after)))).toBe(next);
  });

  it.each([
    ["61 * * * *", "is no valid cron line: Invalid value for minute: 61"],
    ["* * * * * *", "must have five fields"],
    ["2026-01-01T00:00:00", "must have five fields"],
    ["", "must have five fields"],
    ["@reboot", "must have five fields"],
    [`${"1,".repeat(200)}1 * * * *`, "must have five fields"],
  ])("%s is refused", (line, problem) => {
    expect(() => compileCron(line)).toThrow(problem);
  });
});

describe("a local time", () => {
  it.each([
    ["2026-12-01T22:00", "Europe/Berlin", "2026-12-01T21:00:00.000Z"],
    ["2026-07-01 22:00:30", "Europe/Berlin", "2026-07-01T20:00:30.000Z"],
    ["2026-07-01", "America/New_York", "2026-07-01T04:00:00.000Z"],
    ["2026-07-01T22:00Z", "Europe/Berlin", "2026-07-01T22:00:00.000Z"],
    ["2026-07-01T22:00-03:30", "Europe/Berlin", "2026-07-02T01:30:00.000Z"],
    // On both sides of a change of the clocks, and within what it skips.
    ["2026-03-29T01:59", "Europe/Berlin", "2026-03-29T00:59:00.000Z"],
    ["2026-03-29T03:00", "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
    ["2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
    ["2026-10-25T03:30", "Europe/Berlin", "2026-10-25T02:30:00.000Z"],
  ])("%s in %s is %s", (text, zone, expected) => {
    expect(iso(instantOf(text, zone))).toBe(expected);
  });

  it("without a zone is that of this machine", () => {
    expect(instantOf("2026-07-01T22:00")).toBe(new Date(2026, 6, 1, 22).getTime());
  });

  it.each(["2026-02-30", "2026-13-01", "2026-07-01T24:30", "tomorrow", "2026-07-01T22", ""])(
    "%s is none",
    (text) => {
      expect(instantOf(text, "UTC")).toBeUndefined();
    },
  );
});
