import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A program to measure, configured to draw twice per second. */
export interface Subject {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** All of these match on a complete screen, from top to bottom. */
  readonly landmarks: readonly RegExp[];
  readonly quitKeys: string;
  /** The keys that freeze the screen; undefined if not supported. */
  readonly freezeKey?: string;
  readonly note?: string;
}

export interface Subjects {
  readonly present: readonly Subject[];
  /** Programs that cannot be measured here, with reasons. */
  readonly missing: readonly string[];
}

const FLEET = new URL("../fleet-12.yaml", import.meta.url).pathname;
const OWN_FLEET = new URL("../../config/default.yaml", import.meta.url).pathname;

/** The names of the services of a config. */
const servicesOf = (config: string) =>
  [...readFileSync(config, "utf8").matchAll(/- (?:\{ )?name: (\w[\w-]+)/g)].map((match) => match[1]!);

/** The same environment for each program, with a separate home directory without user settings. */
function surroundings(home: string): Record<string, string> {
  const { PATH = "", TMPDIR = tmpdir() } = process.env;
  return { PATH, TMPDIR, HOME: home, TERM: "xterm-256color", LANG: "C.UTF-8" };
}

/** As `npm start` and the first line of the program have them. */
const NODE_FLAGS = ["--max-semi-space-size=2"];

function faultlines(program: string, base: Readonly<Record<string, string>>): Subjects {
  const folder = dirname(program);
  const code = readdirSync(folder).filter((file) => file.endsWith(".js"));
  const supportsInk = code.some((file) =>
    readFileSync(join(folder, file), "utf8").includes("FAULTLINE_RENDERER"),
  );
  const faultline = (name: string, env: Readonly<Record<string, string>>, fleet = FLEET): Subject => ({
    name,
    command: process.execPath,
    args: [...NODE_FLAGS, program, ...(fleet === OWN_FLEET ? [] : ["--config", fleet])],
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
        note: "started without a config, with the five default services",
      },
      ...(supportsInk ? ink : []),
    ],
    missing: supportsInk ? [] : ink.map(({ name }) => `${name}: this build has no FAULTLINE_RENDERER`),
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
      "draws at most once per second; all values are per redraw",
    ),
    other("top", ["-d", "0.5"], [/^top -/, /PID USER/, /\n *\d+ \S[^\n]*$/]),
  ];
}

/** Faultline in its modes, and the installed ones of btop, htop, glances and top. */
export function findSubjects(program: string): Subjects {
  const base = surroundings(mkdtempSync(join(tmpdir(), "faultline-bench-")));
  const { present, missing } = faultlines(program, base);
  const otherMonitors = others(base);
  const isInstalled = ({ command }: Subject) => spawnSync("which", [command]).status === 0;
  return {
    present: [...present, ...otherMonitors.filter(isInstalled)],
    missing: [
      ...missing,
      ...otherMonitors.filter((one) => !isInstalled(one)).map(({ name }) => `${name}: not installed`),
    ],
  };
}
