import { describe, expect, it } from "vitest";
import { pauseAfter } from "../../src/terminal/pace.ts";

describe("the pause after an update", () => {
  it.each([
    [{}, 5_000, 0],
    [{ maxFps: 4 }, 5_000, 250],
    [{ maxKbps: 8 }, 1_000, 1_000],
    [{ maxFps: 10, maxKbps: 80 }, 500, 100],
    [{ maxFps: 10, maxKbps: 80 }, 5_000, 500],
  ])("under %j and %d bytes is %d ms", (pace, bytes, ms) => expect(pauseAfter(pace, bytes)).toBe(ms));
});
