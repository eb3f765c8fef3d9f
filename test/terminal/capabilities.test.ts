import { describe, expect, it } from "vitest";
import { detectCapabilities, type Environment } from "../../src/terminal/capabilities.ts";

describe("colour depth", () => {
  it.each<[string, Environment, string]>([
    ["an unknown terminal", { TERM: "xterm" }, "16"],
    ["no TERM", {}, "16"],
    ["dumb", { TERM: "dumb", COLORTERM: "truecolor" }, "none"],
    ["256 colours by name", { TERM: "xterm-256color" }, "256"],
    ["tmux", { TERM: "tmux" }, "256"],
    ["screen", { TERM: "screen.linux" }, "256"],
    ["COLORTERM", { TERM: "xterm-256color", COLORTERM: "truecolor" }, "truecolor"],
    ["COLORTERM in its other form", { TERM: "xterm", COLORTERM: "24bit" }, "truecolor"],
    ["COLORTERM that says nothing", { TERM: "xterm", COLORTERM: "yes" }, "16"],
    ["COLORTERM handed on by GNU screen", { TERM: "screen", COLORTERM: "truecolor", STY: "1.pts" }, "256"],
    ["Windows Terminal", { WT_SESSION: "x" }, "truecolor"],
    ["NO_COLOR over all", { TERM: "foot", NO_COLOR: "1", FORCE_COLOR: "3" }, "none"],
    ["an empty NO_COLOR", { TERM: "foot", NO_COLOR: "" }, "truecolor"],
    ["FORCE_COLOR=0", { TERM: "foot", FORCE_COLOR: "0" }, "none"],
    ["FORCE_COLOR=false", { TERM: "foot", FORCE_COLOR: "false" }, "none"],
    ["FORCE_COLOR=1", { TERM: "foot", FORCE_COLOR: "1" }, "16"],
    ["FORCE_COLOR=2", { TERM: "dumb", FORCE_COLOR: "2" }, "256"],
    ["FORCE_COLOR=3", { TERM: "xterm", FORCE_COLOR: "3" }, "truecolor"],
  ])("%s", (_, env, depth) => {
    expect(detectCapabilities(env, true).depth).toBe(depth);
  });

  it.each([
    "alacritty",
    "contour",
    "foot",
    "foot-extra",
    "rio",
    "wezterm",
    "xterm-ghostty",
    "xterm-kitty",
    "xterm-direct",
  ])("detects true colour for %s", (TERM) => {
    expect(detectCapabilities({ TERM }, true).depth).toBe("truecolor");
  });

  it.each(["footprint", "xterm-indirect"])("does not detect true colour for %s", (TERM) => {
    expect(detectCapabilities({ TERM }, true).depth).toBe("16");
  });

  it("is none without a terminal, unless forced", () => {
    expect(detectCapabilities({ TERM: "foot" }, false).depth).toBe("none");
    expect(detectCapabilities({ TERM: "foot", FORCE_COLOR: "2" }, false).depth).toBe("256");
  });
});

describe("Unicode", () => {
  it.each<[Environment, boolean]>([
    [{ LANG: "en_US.UTF-8" }, true],
    [{ LANG: "C.utf8" }, true],
    [{ LANG: "C" }, false],
    [{ LC_CTYPE: "C", LANG: "en_US.UTF-8" }, false],
    [{ LC_ALL: "en_US.UTF-8", LC_CTYPE: "C", LANG: "C" }, true],
    [{ LC_ALL: "", LC_CTYPE: "", LANG: "de_DE.UTF-8" }, true],
    [{ TERM: "xterm" }, true],
    [{}, true],
    [{ TERM: "linux" }, false],
    [{ TERM: "vt220" }, false],
    [{ TERM: "dumb" }, false],
    [{ TERM: "linux", LANG: "C.UTF-8" }, true],
  ])("%o: %s", (env, unicode) => {
    expect(detectCapabilities(env, true).unicode).toBe(unicode);
  });
});

describe("the rest", () => {
  it("detects a dumb terminal", () => {
    expect(detectCapabilities({ TERM: "dumb" }, true).dumb).toBe(true);
    expect(detectCapabilities({ TERM: "xterm" }, true).dumb).toBe(false);
  });

  it.each([
    ["15;0", "dark"],
    ["0;15", "light"],
    ["0;default;7", "light"],
    ["7;8", "dark"],
    ["0;default", undefined],
    [undefined, undefined],
  ])("reads the background from COLORFGBG=%s: %s", (COLORFGBG, background) => {
    expect(detectCapabilities({ COLORFGBG }, true).background).toBe(background);
  });
});
