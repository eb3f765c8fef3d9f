import { describe, expect, it } from "vitest";
import { PRINTABLE } from "../../src/core/printable.ts";
import { faultline } from "./fake.ts";

describe("a wrong command line", () => {
  it.each([
    [["--sed", "3"], "faultline: unknown option '--sed'; did you mean --seed?"],
    [["--zebra"], "faultline: unknown option '--zebra'; see faultline --help"],
    [["wtach"], "faultline: unknown command 'wtach'; did you mean watch?"],
    [["snapshot", "--tick", "3"], "faultline: unknown option '--tick'; did you mean --ticks?"],
    [
      ["describe", "http", "now"],
      "faultline: too many arguments for 'describe'. Expected 1 argument but got 2: http, now; see faultline --help",
    ],
    [["rules"], "faultline: this command needs a subcommand; add --help to list them"],
    [["notify"], "faultline: this command needs a subcommand; add --help to list them"],
    [["check"], "faultline: missing required argument 'file'; see faultline --help"],
    [["--config"], "faultline: option '--config <file>' argument missing; see faultline --help"],
    [["--config", ""], "faultline: --config must name a file, such as --config faultline.yaml"],
    [["--seed", "x"], 'faultline: --seed must be a whole number, such as 42, not "x"'],
    [["--seed", "1.5"], 'faultline: --seed must be a whole number, such as 42, not "1.5"'],
    [["--seed", "1e3"], 'faultline: --seed must be a whole number, such as 42, not "1e3"'],
    [["--seed", ""], 'faultline: --seed must be a whole number, such as 42, not ""'],
    [
      ["--seed", "99999999999999999999"],
      'faultline: --seed must be a whole number, such as 42, not "99999999999999999999"',
    ],
    ...["0", "-1", "1.5", "abc", "1000001", "", "Infinity", "0x10"].map((ticks): [string[], string] => [
      ["snapshot", "--ticks", ticks],
      `faultline: --ticks must be a whole number from 1 to 1000000, such as 50, not "${ticks}"`,
    ]),
    [["describe", "htp"], 'faultline: there is no kind "htp"; did you mean http?'],
    [["describe", "zebra"], 'faultline: there is no kind "zebra"; run faultline describe to list them all'],
  ])("%j", async (argv, sentence) => {
    expect(await faultline(argv)).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: `${sentence}\n`,
      watched: undefined,
    });
  });

  // The codes 1 and 2 of status mean degraded and critical.
  it.each([
    [["status", "--seed", "abc"], 'faultline: --seed must be a whole number, such as 42, not "abc"\n'],
    [["--seed", "abc", "status"], 'faultline: --seed must be a whole number, such as 42, not "abc"\n'],
    [["status", "--zebra"], "faultline: unknown option '--zebra'; see faultline --help\n"],
    [["--config", "check", "status", "now"], /^faultline: too many arguments for 'status'/],
    [["status", "--config", ""], "faultline: --config must name a file, such as --config faultline.yaml\n"],
    [["status", "--config", "none.yaml"], "none.yaml:1:1: no such file; check the path\n"],
  ])("exits 3, unknown, for status: %j", async (argv, sentence) => {
    const { exitCode, stdout, stderr } = await faultline(argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: "" });
    if (typeof sentence === "string") expect(stderr).toBe(sentence);
    else expect(stderr).toMatch(sentence);
  });

  it.each([[["--config", "status", "snapshot", "--zebra"]], [["snapshot", "status", "--zebra"]]])(
    "exits 2 when status is not the command: %j",
    async (argv) => {
      expect((await faultline(argv)).exitCode).toBe(2);
    },
  );

  it.each([
    [["\x1b[31mx\x07"], "faultline: unknown command '?[31mx?'; choose one of "],
    [["--\x1b]0;title\x07"], "faultline: unknown option '--?]0;title?'; see faultline --help"],
    [["check", "a\x1b[31m.yaml"], "a?[31m.yaml:1:1: no such file; check the path"],
    [["check", "two\nlines\u202e"], "two?lines?:1:1: no such file; check the path"],
    [["--config", "\x9b31m"], "?31m:1:1: no such file; check the path"],
    [["snapshot", "--ticks", "\x1b[2J"], "faultline: --ticks must be a whole number from 1 to 1000000"],
    [["describe", "\x1bc"], 'faultline: there is no kind "?c"; '],
    [["z".repeat(100_000)], `faultline: unknown command '${"z".repeat(900)}`],
  ])("never reaches stderr raw: %j", async (argv, beginning) => {
    const { stderr } = await faultline(argv);
    expect(stderr.slice(0, beginning.length)).toBe(beginning);
    expect(stderr.slice(0, -1)).toMatch(PRINTABLE);
    expect(stderr.length).toBeLessThan(1_100);
  });

  it("is answered with the commands there are when none resembles it", async () => {
    const { exitCode, stderr } = await faultline(["zebra"]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^faultline: unknown command 'zebra'; choose one of watch, snapshot, status, check, describe\b.*\n$/,
    );
  });

  it("shows a stack trace only with FAULTLINE_DEBUG=1", async () => {
    const { stderr } = await faultline(["--seed", "x"], { env: { FAULTLINE_DEBUG: "1" } });
    expect(stderr).toMatch(/^faultline: --seed must be .*\n.*Error.*\n +at /);
  });
});

describe("help and version", () => {
  it("prints the version", async () => {
    expect(await faultline(["--version"])).toMatchObject({ exitCode: 0, stdout: "1.2.3\n", stderr: "" });
  });

  it("lists every command", async () => {
    const { exitCode, stdout, stderr } = await faultline(["--help"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    for (const command of ["watch", "snapshot", "status", "check", "describe"]) {
      expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
    }
  });

  it.each(["watch", "snapshot", "status", "check", "describe"])(
    "explains %s and the common flags",
    async (name) => {
      const { exitCode, stdout } = await faultline([name, "--help"]);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`Usage: faultline ${name}`);
      expect(stdout).toContain("--config <file>");
      expect(stdout).toContain("--seed <n>");
    },
  );
});

describe("help of a command", () => {
  it.each(["watch", "snapshot", "status", "check", "describe"])("help %s is %s --help", async (name) => {
    const { stdout } = await faultline([name, "--help"]);
    expect(await faultline(["help", name])).toMatchObject({ exitCode: 0, stdout, stderr: "" });
  });

  it("without a command is --help", async () => {
    const { stdout } = await faultline(["--help"]);
    expect(await faultline(["help"])).toMatchObject({ exitCode: 0, stdout, stderr: "" });
  });

  it("is one sentence for an unknown command", async () => {
    expect(await faultline(["help", "wtach"])).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: "faultline: unknown command 'wtach'; did you mean watch?\n",
    });
    expect((await faultline(["help", "nope"])).stderr).toMatch(
      /^faultline: unknown command 'nope'; choose one of watch, .*\n$/,
    );
  });
});

describe("watch", () => {
  it.each([[[]], [["watch"]]])("is started by %j, with the default fleet", async (argv) => {
    const { exitCode, watched, stderr } = await faultline(argv);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(watched).toMatchObject({ configName: "default.yaml", seed: undefined, config: { seed: 1 } });
    expect(watched?.config.entities).toHaveLength(5);
  });

  it.each([
    [["--config", "config/walkthrough.yaml", "--seed", "7"]],
    [["watch", "--seed", "7", "--config", "config/walkthrough.yaml"]],
    [["--seed=7", "watch", "--config=config/walkthrough.yaml"]],
  ])("accepts the common flags in any position: %j", async (argv) => {
    const { watched } = await faultline(argv);
    expect(watched).toMatchObject({
      configName: "config/walkthrough.yaml",
      seed: 7,
      config: { seed: 7, windowMs: 60_000 },
    });
  });

  it("accepts a negative seed", async () => {
    expect((await faultline(["--seed", "-3"])).watched?.seed).toBe(-3);
  });

  it("does not start with a missing config", async () => {
    expect(await faultline(["--config", "none.yaml"])).toMatchObject({
      exitCode: 2,
      stderr: "none.yaml:1:1: no such file; check the path\n",
      watched: undefined,
    });
  });

  it("returns the exit code of the live screen", async () => {
    expect((await faultline([], { watch: () => Promise.resolve(9) })).exitCode).toBe(9);
  });

  it("reports an unexpected failure in one sentence", async () => {
    const watch = () => Promise.reject(new Error("the screen broke"));
    const { exitCode, stderr } = await faultline([], { watch });
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      "faultline: unexpected failure: the screen broke; run again with FAULTLINE_DEBUG=1 for a stack trace\n",
    );
  });
});

describe("display options", () => {
  it("follows the terminal unless a flag overrides it", async () => {
    expect((await faultline([])).choices).toEqual({
      pace: { maxFps: undefined, maxKbps: undefined },
      depth: undefined,
      unicode: undefined,
      plain: false,
      logLevel: "info",
    });
    const flags = [
      "--max-fps",
      "5",
      "--max-kbps",
      "9.6",
      "--colors",
      "256",
      "--glyphs",
      "ascii",
      "--plain",
      "--log-level",
      "off",
    ];
    expect((await faultline(flags)).choices).toEqual({
      pace: { maxFps: 5, maxKbps: 9.6 },
      depth: "256",
      unicode: false,
      plain: true,
      logLevel: "off",
    });
  });

  it("is plain for a screen reader", async () => {
    expect((await faultline([], { env: { INK_SCREEN_READER: "true" } })).choices?.plain).toBe(true);
  });

  it.each<[string[], RegExp]>([
    ...["0", "0.0000001", "99999999999999999999", "1e1", "0x10", "NaN", "Infinity", "-5", "", "5fps"].map(
      (fps) =>
        [["--max-fps", fps], /--max-fps must be a number from 0.1 to 1000, such as 5, not "/] as [
          string[],
          RegExp,
        ],
    ),
    [["--max-kbps", "fast"], /--max-kbps must be a number from 1 to 1000000, such as 64, not "fast"/],
    [["--colors", "12"], /--colors.*truecolor/],
    [["--glyphs", "emoji"], /--glyphs.*ascii/],
  ])("refuses %j with one sentence", async (argv, sentence) => {
    const { exitCode, stderr } = await faultline(argv);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
