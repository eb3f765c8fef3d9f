import { describe, expect, it } from "vitest";
import { statusTimeline } from "../../../src/ui/panels/status-timeline.ts";
import { startSession, textOf } from "../harness.ts";
import { instanceOf, textsOf, viewOf } from "./painting.ts";

const SIZE = { width: 108, height: 6 };

describe("the timeline of health", () => {
  it("shows a row per service: not monitored, healthy, broken, healthy again; and round times", () => {
    const harness = startSession();
    harness.run(30);
    harness.press("jfl");
    harness.run(12);
    harness.press("x");
    harness.run(18);
    const rows = textsOf(statusTimeline, viewOf(harness, 1), SIZE);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/^ {2}front ○+●+▲+●+$/);
    expect(rows[1]).toMatch(/^▸ back {2}○+●+▲+●+$/);
    expect(rows[2]).toMatch(/ \d\d:\d\d /);
  });

  it("shows the worst health of a step, however short", () => {
    const harness = startSession();
    harness.run(30);
    harness.press("jfl");
    harness.run(12);
    harness.press("x");
    harness.run(60);
    // A step is a quarter of an hour: twenty seconds of bad health are in one symbol.
    expect(textsOf(statusTimeline, viewOf(harness, 5), SIZE)[1]).toMatch(/^▸ back {2}○+▲$/);
  });

  it("is dim for unknown health before the start, but not later", () => {
    const harness = startSession({ config: "services: [{ name: here, source: host }]" });
    harness.run(60);
    const [row] = statusTimeline.paint(viewOf(harness, 1), SIZE, instanceOf(statusTimeline));
    expect(row!.line.slice(-2).map(({ role }) => role)).toEqual(["dim", "unknown"]);
  });

  it("scrolls with the selection and marks it", () => {
    const names = Array.from({ length: 30 }, (_, index) => `service-${String(index).padStart(2, "0")}`);
    const harness = startSession({
      config: `services:\n${names.map((name) => `  - { name: ${name}, base_latency: 9ms, rate: 1 }`).join("\n")}`,
    });
    harness.run(5);
    for (let index = 0; index < names.length; index++) {
      const rows = statusTimeline.paint(viewOf(harness, 0), SIZE, instanceOf(statusTimeline));
      expect(rows).toHaveLength(SIZE.height);
      const marked = rows.filter(({ line }) => textOf(line).startsWith("▸"));
      expect(marked.map(({ line, selected }) => [textOf(line).slice(2, 12), selected])).toEqual([
        [names[index], true],
      ]);
      harness.press("j");
    }
  });
});
