import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { createEpisodes } from "../../../src/worlds/services/episodes.ts";

describe("episodes", () => {
  it("have the configured mean frequency and length", () => {
    const active = createEpisodes(createRandom(3, "phases"), 60_000, 20_000);
    let seconds = 0;
    let begun = 0;
    let before = false;
    const hours = 100;
    for (let at = 0; at < hours * 3_600_000; at += 1000) {
      const now = active(at);
      if (now) seconds += 1;
      if (now && !before) begun += 1;
      before = now;
    }
    // One every 80 s: 60 s of pause and a phase of 20 s.
    expect(begun / hours).toBeGreaterThan(40);
    expect(begun / hours).toBeLessThan(50);
    expect(seconds / begun).toBeGreaterThan(18);
    expect(seconds / begun).toBeLessThan(22);
  });

  it("do not depend on how often they are read", () => {
    const often = createEpisodes(createRandom(3, "phases"), 60_000, 20_000);
    const seldom = createEpisodes(createRandom(3, "phases"), 60_000, 20_000);
    for (let at = 0; at < 3_600_000; at += 500) {
      const answer = often(at);
      if (at % 10_000 === 0) expect(seldom(at)).toBe(answer);
    }
  });
});
