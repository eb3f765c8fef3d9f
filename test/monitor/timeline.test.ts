import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Timeline } from "../../src/monitor/timeline.ts";

describe("a timeline", () => {
  it("returns the value at any instant", () => {
    const timeline = new Timeline<string>(10);
    timeline.note(100, "calm");
    timeline.note(150, "calm");
    timeline.note(200, "storm");
    expect([99, 100, 199, 200, 999].map((at) => timeline.at(at))).toEqual([
      undefined,
      "calm",
      "calm",
      "storm",
      "storm",
    ]);
  });

  it("returns all values within a range, including the one at its start", () => {
    const timeline = new Timeline<string>(10);
    for (const [at, value] of [
      [100, "a"],
      [200, "b"],
      [300, "c"],
    ] as const)
      timeline.note(at, value);
    const within = (from: number, to: number) => [...timeline.within(from, to)].join("");
    expect([within(0, 50), within(0, 150), within(150, 250), within(200, 299), within(250, 900)]).toEqual([
      "",
      "a",
      "ab",
      "b",
      "bc",
    ]);
  });

  it("drops the oldest changes, never the current value", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 200 }), (most, changes) => {
        const timeline = new Timeline<number>(most);
        for (let at = 1; at <= changes; at++) timeline.note(at, at);
        for (let at = Math.max(1, changes - most + 1); at <= changes; at++) expect(timeline.at(at)).toBe(at);
        const oldest = Array.from({ length: changes }, (_, index) => timeline.at(index + 1)).filter(
          Boolean,
        ).length;
        expect(oldest).toBeLessThanOrEqual(2 * most);
      }),
    );
  });
});
