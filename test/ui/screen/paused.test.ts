import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { headerLine } from "../../../src/ui/screen/header.ts";
import { createPalette, themes } from "../../../src/ui/text/theme.ts";
import { startSession, textOf } from "../rig.ts";

/** Held still for 42 s in the middle of a fault. */
function held(width: number, height = 24, unicode = true) {
  const rig = startSession({ width, height, unicode });
  rig.run(20);
  rig.press("jfl");
  rig.run(8);
  rig.press("<space>");
  rig.run(42);
  rig.press("k");
  return { ...rig, header: () => headerLine(rig.session.view()) };
}

describe("the first row of a screen that is held still", () => {
  it("is one bar over the whole width, at every width", () => {
    for (let width = 40; width <= 160; width++) {
      const line = held(width).header();
      expect(line.map(({ role }) => role)).toEqual(["paused"]);
      expect(stringWidth(textOf(line)), String(width)).toBe(width);
      expect(textOf(line)).toMatch(/DEGRADED .*P A U S E D {3}42 s behind/);
    }
  });

  it("tells how the fleet was, how far that is behind, when it was and the way back, as far as there is room", () => {
    expect(textOf(held(120).header()).trim()).toMatch(
      /^FAULTLINE {3}▲ DEGRADED {3}2 degraded {3}↯ 1 fault +P A U S E D {3}42 s behind live · \d\d:\d\d:28 · Space or End: live$/,
    );
    expect(textOf(held(80).header()).trim()).toMatch(
      /^▲ DEGRADED {3}▲ 2 +P A U S E D {3}42 s behind live · \d\d:\d\d:28 · End: live$/,
    );
    const small = held(40);
    expect(textOf(small.header()).trim()).toMatch(/^▲ DEGRADED {3}P A U S E D {3}42 s behind$/);
    small.run(100);
    small.press("k");
    expect(textOf(small.header()).trim()).toMatch(/P A U S E D {3}-2 m 22 s$/);
  });

  it("stands out without colours by signs and by being reversed", () => {
    const rig = held(80);
    rig.press("ccc");
    expect(rig.session.view().ui.depth).toBe("none");
    expect(textOf(rig.header())).toContain("== P A U S E D ==");
    for (const theme of themes) expect(createPalette(theme, "none")("paused", false)).toContain("7");
  });

  it("goes when the screen follows again", () => {
    const rig = held(120);
    rig.press("<space>");
    expect(textOf(rig.header())).not.toContain("P A U S E D");
  });

  it("is said in words where there is no room for anything else", () => {
    const { screen } = held(38, 6);
    expect(screen().join(" ")).toContain("PAUSED 42 s behind live: DEGRADED");
  });
});
