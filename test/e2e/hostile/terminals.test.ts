import { afterAll, describe, expect, it } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { cases, report } from "../../hostile/scale.ts";
import { underShell } from "./under-shell.ts";

const TERMS = [
  ...[
    "xterm",
    "xterm-256color",
    "xterm-direct",
    "xterm-kitty",
    "alacritty",
    "foot",
    "wezterm",
    "rxvt-unicode",
  ],
  ...[
    "screen",
    "screen-256color",
    "tmux-256color",
    "linux",
    "vt100",
    "vt220",
    "ansi",
    "cygwin",
    "sun",
    "hpterm",
  ],
  ...["dumb", "unknown", "", "\x1b[31m", "x".repeat(4_000), undefined],
];
const LOCALES = [{ LANG: "C" }, { LANG: "C.UTF-8" }, { LC_ALL: "POSIX" }, { LANG: "xx_YY.nonsense" }];
const COLORS = [
  {},
  { NO_COLOR: "1" },
  { COLORTERM: "truecolor" },
  { FORCE_COLOR: "9" },
  { COLORFGBG: "x;y" },
];
const SIZES = [
  [1, 1],
  [2, 1],
  [20, 3],
  [40, 10],
  [80, 24],
  [120, 40],
  [300, 5],
  [5, 100],
  [500, 200],
] as const;

const random = createRandom("terminals", "hostile").next;
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
/** Every TERM and every size, with all else drawn. */
const all = Array.from({ length: cases(5, 48) }, (_, nth) => ({
  env: { TERM: TERMS[(nth * 5) % TERMS.length], ...pick(LOCALES), ...pick(COLORS) },
  size: SIZES[nth % SIZES.length]!,
}));
let lost = 0;
afterAll(() => report("terminals (TERM x locale x colour x size)", all.length, lost));

describe("any terminal", () => {
  it.each(all)("is restored: $env $size", async ({ env, size: [columns, rows] }) => {
    lost += 1;
    const run = underShell([], { env, columns, rows });
    const isPlain = env.TERM === "dumb";
    await run.program.waitFor((one) =>
      isPlain ? one.bytes() > 100 : one.modes().alternateScreen && one.bytes() > 60,
    );
    if (isPlain) run.signal("SIGTERM");
    else run.program.press("q");
    expect(await run.restored()).toBe(0);
    lost -= 1;
  });
});
