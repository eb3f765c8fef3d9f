import { afterEach, describe, expect, it } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { cases, report } from "../hostile/scale.ts";
import { PROGRAM, ROOT } from "./faultline.ts";
import { jobOf } from "./hostile/under-shell.ts";
import { type RunningProgram, startInTerminal } from "./pty.ts";

const SHELL_MODES = { alternateScreen: false, cursorVisible: true, autowrap: true };
const PROMPT = /ready>\s*$/;
const SCREEN = /api-gateway +● HEALTHY/;

const shells: RunningProgram[] = [];
afterEach(() => {
  for (const shell of shells.splice(0)) shell.kill("SIGKILL");
});

/** A shell with job control in a terminal of its own. */
async function shell(): Promise<RunningProgram> {
  const program = startInTerminal({
    command: "bash",
    args: ["--norc", "--noediting", "-i"],
    cwd: ROOT,
    columns: 120,
    rows: 40,
    env: { PS1: "ready> ", HISTFILE: undefined },
  });
  shells.push(program);
  await program.waitFor(PROMPT);
  return program;
}

async function withScreen(): Promise<RunningProgram> {
  const program = await shell();
  program.press(`${process.execPath} ${PROGRAM}<Enter>`);
  await program.waitFor(SCREEN);
  return program;
}

const modesOf = ({ modes }: RunningProgram) => {
  const { alternateScreen, cursorVisible, autowrap } = modes();
  return { alternateScreen, cursorVisible, autowrap };
};

/** Whether the terminal is in line mode with echo, asked from the shell. */
async function expectLineMode(program: RunningProgram): Promise<void> {
  program.press("stty -a | tr ';' '\\n'; echo tty-was-read<Enter>");
  await program.waitFor(/^tty-was-read/m);
  expect(program.text()).toMatch(/(^|\s)icanon\b/);
  expect(program.text()).toMatch(/(^|\s)echo\b/);
}

async function backWithFg(program: RunningProgram): Promise<void> {
  program.press("clear; fg<Enter>");
  await program.waitFor((one) => SCREEN.test(one.text()) && one.modes().alternateScreen);
  expect(program.modes()).toEqual({
    alternateScreen: true,
    cursorVisible: false,
    bracketedPaste: true,
    autowrap: false,
  });
  // A key works without Enter: raw mode is back.
  program.press("?");
  await program.waitFor(/next entity, or next item/);
  program.press("<Esc>");
  await program.waitFor(SCREEN);
}

describe("stopping and continuing under a shell", () => {
  it("stops with Ctrl-Z and comes back with fg, at the size that the terminal has then", async () => {
    const program = await withScreen();
    for (const columns of [100, 90]) {
      program.press("<C-z>");
      await program.waitFor(/Stopped/);
      expect(modesOf(program)).toEqual(SHELL_MODES);
      await expectLineMode(program);
      program.resize(columns, 30);
      await backWithFg(program);
      expect(program.screen()[1]).toMatch(/^╭─.*╮$/);
      expect(program.screen()[1]).toHaveLength(columns);
    }
    program.press("q");
    await program.waitFor(PROMPT);
    expect(modesOf(program)).toEqual(SHELL_MODES);
  });

  it("does so too where it prints lines, and q quits", async () => {
    const program = await shell();
    program.press(`TERM=dumb ${process.execPath} ${PROGRAM}<Enter>`);
    await program.waitFor(/api-gateway UNKNOWN -> HEALTHY/);
    program.press("<C-z>");
    await program.waitFor(/Stopped/);
    await expectLineMode(program);
    program.press("clear; fg<Enter>");
    await program.waitFor(/TERM=dumb/);
    program.press("q");
    await program.waitFor(PROMPT);
    await expectLineMode(program);
  });

  it.each([
    ["stopped", "kill %1"],
    ["stopped, hung up", "kill -HUP %1"],
    ["in the background", "bg; sleep 1; kill %1"],
    ["in the background, interrupted", "bg; sleep 1; kill -INT %1"],
  ])("ends by a signal when it is %s", async (_, command) => {
    const program = await withScreen();
    program.press("<C-z>");
    await program.waitFor(/Stopped/);
    program.press(
      `clear; ${command}; sleep 0.2; while jobs -r | grep -q .; do sleep 0.1; done; echo all-jobs-$((40+2))-ended<Enter>`,
    );
    await program.waitFor(/all-jobs-42-ended/);
    program.press("clear; jobs; echo jobs-were-listed<Enter>");
    await program.waitFor(/^jobs-were-listed/m);
    expect(program.text()).not.toMatch(/Stopped|Running/);
    expect(modesOf(program)).toEqual(SHELL_MODES);
    await expectLineMode(program);
  });

  it("stops while text is typed", async () => {
    const program = await withScreen();
    program.press("/pay");
    await program.waitFor(/\/pay_/);
    program.press("<C-z>");
    await program.waitFor(/Stopped/);
    program.press("fg<Enter>");
    await program.waitFor(/\/pay_/);
    program.press("<C-c>");
    await program.waitFor(PROMPT);
  });

  it.each(["TSTP", "STOP"])("comes back after a stop from outside: SIG%s", async (signal) => {
    const program = await withScreen();
    const job = jobOf(program.pid)!;
    process.kill(job, `SIG${signal}`);
    await program.waitFor(/Stopped/);
    if (signal === "TSTP") expect(modesOf(program)).toEqual(SHELL_MODES);
    await backWithFg(program);
    process.kill(job, "SIGTERM");
    await program.waitFor((one) => PROMPT.test(one.text()) && !one.modes().alternateScreen);
    await expectLineMode(program);
  });

  it("draws nothing over the shell after bg, until fg", async () => {
    const program = await withScreen();
    program.press("<C-z>");
    await program.waitFor(/Stopped/);
    program.press("bg; clear; echo in-the-shell<Enter>");
    await program.waitFor(/^in-the-shell/m);
    // A command that takes longer than several frames.
    program.press("sleep 2; echo slept<Enter>");
    await program.waitFor(/^slept/m);
    expect(modesOf(program)).toEqual(SHELL_MODES);
    expect(program.text()).toMatch(/^in-the-shell\nready> sleep 2; echo slept\nslept\nready>/);
    program.press("jobs<Enter>");
    await program.waitFor(/Running/);
    await backWithFg(program);
  });

  it("comes back each time from stops at random moments", async () => {
    const program = await withScreen();
    const job = jobOf(program.pid)!;
    const random = createRandom("job control", "hostile").next;
    const tried = cases(3, 40);
    for (let nth = 0; nth < tried; nth++) {
      await new Promise((resolve) => setTimeout(resolve, 400 * random()));
      const way = ["key", "SIGTSTP", "SIGSTOP"][Math.floor(3 * random())]!;
      if (way === "key") program.press("<C-z>");
      else process.kill(job, way);
      await program.waitFor(/Stopped/);
      if (way !== "SIGSTOP") expect(modesOf(program)).toEqual(SHELL_MODES);
      if (random() < 0.3) program.press("bg<Enter>");
      program.resize(100 + Math.floor(20 * random()), 30);
      await backWithFg(program);
    }
    report("stops and continues at random moments", tried, 0);
    program.press("q");
    await program.waitFor((one) => PROMPT.test(one.text()) && !one.modes().alternateScreen);
    await expectLineMode(program);
  }, 120_000);
});
