import type { RunningProgram } from "../../test/e2e/pty.ts";

/** A random number in 0..1. */
export type Random = () => number;

/** One thing that happens to a monitor on a hostile day. */
export type Mishap = (program: RunningProgram, random: Random) => void;

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

/** Keys and sequences that change the screen, without those that quit or suspend. */
const KEYS = [
  ..."jkgGsSwtu123456789+-[]{}@?:/ xXamc",
  ...["<Up>", "<Down>", "<PgUp>", "<PgDn>", "<Tab>", "<Enter>", "<Esc>", "<Esc>", "<Esc>", "<End>", "<Home>"],
  ...[
    "/pay<Enter>",
    "/<C-u><Esc>",
    ":zoom<Enter>",
    "<Esc>@-1m<Enter>",
    "\x1b[M !!",
    "\x1b[<0;1;1M",
    "\x00\x7f",
  ],
];
/** The letters of fault kinds, and some that are none. */
const FAULTS = [..."lewoctmfdjh"];

export const MISHAPS: readonly { readonly often: number; readonly happen: Mishap }[] = [
  { often: 20, happen: (program, random) => program.press(pick(random, KEYS)) },
  { often: 5, happen: (program, random) => program.press(`<Esc><Esc>f${pick(random, FAULTS)}<Esc>`) },
  {
    often: 6,
    happen: (program, random) =>
      program.resize(1 + Math.floor(random() ** 2 * 250), 1 + Math.floor(random() ** 2 * 90)),
  },
  { often: 1, happen: (program) => program.paste("a pasted\nline with q and \x1b[31m in it") },
];

/** Draws one of the mishaps by how often each happens. */
export function mishap(random: Random): Mishap {
  let rest = random() * MISHAPS.reduce((sum, { often }) => sum + often, 0);
  for (const { often, happen } of MISHAPS) {
    rest -= often;
    if (rest < 0) return happen;
  }
  return MISHAPS[0]!.happen;
}

/** A config that is edited all the time, sometimes wrongly. */
export function configText(random: Random): string {
  if (random() < 0.2) return pick(random, ["services: [", "tick: fast\n", "services: []\n", "\u0000"]);
  const count = 3 + Math.floor(random() * 12);
  const services = Array.from(
    { length: count },
    (_, nth) =>
      `  - { name: service-${nth}, base_latency: ${5 + Math.floor(random() * 80)}ms, rate: ${1 + Math.floor(random() * 40)} }`,
  );
  return `tick: 500ms\nwindow: 15s\nservices:\n${services.join("\n")}\n`;
}
