import { describe, expect, it } from "vitest";
import {
  background,
  type Color,
  foreground,
  paletteColor,
  reduceColor,
} from "../../src/terminal/color-depth.ts";

const red: Color = { truecolor: [255, 95, 95], ansi256: 203, ansi16: 9 };

describe("encoding a colour", () => {
  it.each([
    ["none", "", ""],
    ["16", "91", "101"],
    ["256", "38;5;203", "48;5;203"],
    ["truecolor", "38;2;255;95;95", "48;2;255;95;95"],
  ] as const)("at depth %s", (depth, text, behind) => {
    expect(foreground(red, depth)).toBe(text);
    expect(background(red, depth)).toBe(behind);
  });

  it("uses the default of the terminal without a named colour", () => {
    expect(foreground({ ...red, ansi16: undefined }, "16")).toBe("");
    expect(foreground({ ...red, ansi16: 7 }, "16")).toBe("37");
    expect(background({ ...red, ansi16: 8 }, "16")).toBe("100");
  });
});

describe("reducing a colour", () => {
  it.each([
    [[255, 0, 0], "256", "38;5;196"],
    [[95, 135, 175], "256", "38;5;67"],
    [[128, 128, 128], "256", "38;5;244"],
    [[250, 10, 10], "16", "91"],
    [[10, 10, 10], "16", "30"],
    [[250, 250, 250], "16", "97"],
    [196, "16", "91"],
    [196, "256", "38;5;196"],
    [196, "truecolor", "38;5;196"],
    [9, "truecolor", "91"],
    [1, "16", "31"],
    [9, "none", ""],
  ] as const)("%o at depth %s: %s", (color, depth, parameters) => {
    expect(reduceColor(38, color, depth)).toBe(parameters);
  });

  it("maps each colour of the cube and the grays to itself", () => {
    for (let index = 16; index < 256; index++) {
      const found = Number(reduceColor(48, paletteColor(index), "256").split(";")[2]);
      expect(paletteColor(found)).toEqual(paletteColor(index));
    }
  });
});
