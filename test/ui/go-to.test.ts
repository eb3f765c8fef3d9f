import { describe, expect, it } from "vitest";
import { parseMoment } from "../../src/ui/go-to.ts";

const now = new Date(2026, 0, 2, 14, 5, 0).getTime();

describe("a typed time", () => {
  it.each([
    ["-2m", new Date(2026, 0, 2, 14, 3, 0)],
    [" -90s ", new Date(2026, 0, 2, 14, 3, 30)],
    ["14:03", new Date(2026, 0, 2, 14, 3, 0)],
    ["14:03:20", new Date(2026, 0, 2, 14, 3, 20)],
    ["23:59", new Date(2026, 0, 1, 23, 59, 0)],
  ])("%s is the most recent such instant", (text, moment) =>
    expect(parseMoment(text, now)).toBe(moment.getTime()),
  );

  it.each(["", "2m", "-", "-5", "14", "24:00", "14:60", "now", "-2 minutes"])("%j is not a time", (text) =>
    expect(parseMoment(text, now)).toBeUndefined(),
  );
});
