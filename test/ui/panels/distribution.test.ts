import { describe, expect, it } from "vitest";
import { distribution } from "../../../src/ui/panels/distribution.ts";
import { startSession } from "../harness.ts";
import { textsOf, viewOf } from "./painting.ts";

describe("the distribution", () => {
  it("shows the percentiles of each class, in short form if space is short", () => {
    const harness = startSession({
      config:
        "services: [{ name: flat, base_latency: 103ms, deviation: 0, rate: 50, spikes: { factor: 1 } }]",
    });
    harness.run(20);
    const marked = (width: number) =>
      textsOf(distribution, viewOf(harness, 0), { width, height: 5 }).filter((row) => row.includes(" p"));
    expect(marked(60)).toEqual([expect.stringMatching(/ p50 p95 p99$/)]);
    expect(marked(36)).toEqual([expect.stringMatching(/ p50-99 *$/)]);
  });
});
