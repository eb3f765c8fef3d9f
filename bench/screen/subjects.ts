import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A program to measure, and how it is made to draw twice a second. */
export interface Subject {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** All of these stand on a complete screen, its top and its bottom among them. */
  readonly landmarks: readonly RegExp[];
  readonly quitKeys: string;
  /** Freezes the screen; absent if it cannot. */
  readonly freezeKey?: string;
  readonly note?: string;
}

export interface Subjects {
  readonly present: readonly Subject[];
  /** What cannot be measured here, and why. */
  readonly missing: readonly string[];
}

const FLEET = new URL("../fleet-12.yaml", import.meta.url).pathname;
const OWN_FLEET = new URL("../../config/default.yaml", import.meta.url).pathname;

/** What a config calls its services. */
const servicesOf = (config: string) =>
  [...readFileSync(config, "utf8").matchAll(/- (?:\{ )?name: (\w[\w-]+)/g)].map((match) => match[1]!);

/** Each starts in the same surroundings, with a home of its own: nobody's settings count. */
function surroundings(home: string): Record<string, string> {
  const { PATH = "", TMPDIR = tmpdir() } = process.env;
  return { PATH, TMPDIR, HOME: home, TERM: "xterm-256color", LANG: "C.UTF-8" };
}

function faultlines(program: string, base: Readonly<Record<string, string>>): Subjects {
  const folder = dirname(program);
  const code = readdirSync(folder).filter((file) => file.endsWith(".js"));
  const knowsInk = code.some((file) =>
    readFileSync(join(folder, file), "utf8").includes("FAULTLINE_RENDERER"),
  );
  const faultline = (name: string, env: Readonly<Record<string, string>>, fleet = FLEET): Subject => ({
    name,
    command: process.execPath,
    args: fleet === OWN_FLEET ? [program] : [program, "--config", fleet],
    env: { ...base, ...env },
    landmarks: [/^ *FAULTLINE/, ...servicesOf(fleet).map((service) => new RegExp(service)), /q quit[^\n]*$/],
    quitKeys: "q",
    freezeKey: " ",
  });
  const ink = [
    faultline("faultline, plain Ink", { FAULTLINE_RENDERER: "ink" }),
    faultline("faultline, Ink incremental", { FAULTLINE_RENDERER: "ink-incremental" }),
  ];
  return {
    present: [
      faultline("faultline", {}),
      faultline("faultline, true colour", { COLORTERM: "truecolor" }),
      {
        ...faultline("faultline, its own five", {}, OWN_FLEET),
        note: "started without a config: the five services that come along",
      },
      ...(knowsInk ? ink : []),
    ],
    missing: knowsInk ? [] : ink.map(({ name }) => `${name}: this build has no FAULTLINE_RENDERER`),
  };
}

function others(base: Readonly<Record<string, string>>): Subject[] {
  const settings = join(base.HOME!, ".config", "btop");
  mkdirSync(settings, { recursive: true });
  writeFileSync(join(settings, "btop.conf"), "update_ms = 500\n");
  const other = (command: string, args: readonly string[], landmarks: readonly RegExp[], note?: string) => ({
    ...{ name: command, command, args, landmarks, quitKeys: "q", env: base },
    ...(note === undefined ? {} : { note }),
  });
  return [
    other("btop", [], [/cpu.*menu/, /proc/, /net/, /select.*info/]),
    other("htop", ["-d", "5"], [/Tasks:/, /PID.*USER/, /F10Quit/]),
    other(
      "glances",
      ["-t", "1", "--disable-check-update"],
      [/Uptime/, /TASKS/, /PID USER/, /\d\d:\d\d:\d\d/],
      "draws once a second at most; everything here is per redraw",
    ),
    other("top", ["-d", "0.5"], [/^top -/, /PID USER/, /\n *\d+ \S[^\n]*$/]),
  ];
}

/** Faultline in its modes, and those of btop, htop, glances and top that are installed. */
export function findSubjects(program: string): Subjects {
  const base = surroundings(mkdtempSync(join(tmpdir(), "faultline-bench-")));
  const { present, missing } = faultlines(program, base);
  const rivals = others(base);
  const isInstalled = ({ command }: Subject) => spawnSync("which", [command]).status === 0;
  return {
    present: [...present, ...rivals.filter(isInstalled)],
    missing: [
      ...missing,
      ...rivals.filter((one) => !isInstalled(one)).map(({ name }) => `${name}: not installed`),
    ],
  };
}
