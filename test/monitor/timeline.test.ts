import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Timeline } from "../../src/monitor/timeline.ts";

describe("a timeline", () => {
  it("knows what held at any instant", () => {
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

  it("knows all that held within a stretch, what held at its beginning included", () => {
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

  it("forgets the oldest changes, never what holds now", () => {
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
