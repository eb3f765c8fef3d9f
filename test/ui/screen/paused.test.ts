import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { headerLine } from "../../../src/ui/screen/header.ts";
import { createPalette, themes } from "../../../src/ui/text/theme.ts";
import { startSession, textOf } from "../harness.ts";

/** Paused for 42 s in the middle of a fault. */
function paused(width: number, height = 24, unicode = true) {
  const harness = startSession({ width, height, unicode });
  harness.run(20);
  harness.press("jfl");
  harness.run(8);
  harness.press("<space>");
  harness.run(42);
  harness.press("k");
  return { ...harness, header: () => headerLine(harness.session.view()) };
}

describe("the first row of a paused screen", () => {
  it("is a bar over the full width, at every width", () => {
    const { session, header } = paused(120);
    for (let width = 40; width <= 160; width++) {
      session.resize({ width, height: 24 });
      const line = header();
      expect(line.map(({ role }) => role)).toEqual(["paused"]);
      expect(stringWidth(textOf(line)), String(width)).toBe(width);
      expect(textOf(line)).toMatch(/DEGRADED .*P A U S E D {3}42 s behind/);
    }
  });

  it("shows health, delay, time and the key to return, as far as they fit", () => {
    expect(textOf(paused(120).header()).trim()).toMatch(
      /^FAULTLINE {3}▲ DEGRADED {3}2 degraded {3}↯ 1 fault +P A U S E D {3}42 s behind live · \d\d:\d\d:28 · Space or End: live$/,
    );
    expect(textOf(paused(80).header()).trim()).toMatch(
      /^▲ DEGRADED {3}▲ 2 +P A U S E D {3}42 s behind live · \d\d:\d\d:28 · End: live$/,
    );
    const small = paused(40);
    expect(textOf(small.header()).trim()).toMatch(/^▲ DEGRADED {3}P A U S E D {3}42 s behind$/);
    small.run(100);
    small.press("k");
    expect(textOf(small.header()).trim()).toMatch(/P A U S E D {3}-2 m 22 s$/);
  });

  it("is marked and inverse without colours", () => {
    const harness = paused(80);
    harness.press("ccc");
    expect(harness.session.view().ui.depth).toBe("none");
    expect(textOf(harness.header())).toContain("== P A U S E D ==");
    for (const theme of themes) expect(createPalette(theme, "none")("paused", false)).toContain("7");
  });

  it("disappears when the screen is live again", () => {
    const harness = paused(120);
    harness.press("<space>");
    expect(textOf(harness.header())).not.toContain("P A U S E D");
  });

  it("is plain text if nothing else fits", () => {
    const { screen } = paused(38, 6);
    expect(screen().join(" ")).toContain("PAUSED 42 s behind live: DEGRADED");
  });
});
