import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { catalog } from "../../src/catalog/index.ts";
import { createRealClock } from "../../src/core/real-clock.ts";
import { opened, sent, TIMEOUT_MS } from "./channels.ts";
import { aNotification, aNotifiedAlert, anyNotification } from "./notifications.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "faultline-local-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const env = { PATH: process.env.PATH! };

/** What a kind says is missing for these options on this machine. */
function missing(kind: string, options: object): string[] {
  const { schema, targetProblems } = catalog.channels.get(kind)!;
  return targetProblems!(schema.parse(options), { env }).map(
    ({ path, message }) => `${path.join(".")} ${message}`,
  );
}

describe("a command", () => {
  const command = (parts: string[], given: object = {}) =>
    opened("command", { command: parts, ...given }, { env });

  it("gets the notification as JSON and in variables, and its arguments as they are", async () => {
    const out = join(folder, "out");
    const script =
      'printf "%s|" "$@" "$FAULTLINE_SEVERITY" "$FAULTLINE_TITLE" "$TEAM" > "$OUT"; cat >> "$OUT"';
    const channel = command(["/bin/sh", "-c", script, "sh", "a b", "$(id)", "*"], {
      env: { OUT: out, TEAM: "x" },
    });
    expect(await sent(channel)).toEqual({ ok: true });
    const text = readFileSync(out, "utf8");
    expect(text).toContain("a b|$(id)|*|critical|[FIRING] payment-service: HIGH_LATENCY|x|{");
    expect(JSON.parse(text.slice(text.indexOf("{")))).toMatchObject({
      version: "4",
      key: aNotification().key,
    });
  });

  it("gets no variable that can be the secret of another channel", async () => {
    const context = { env: { ...env, HOME: folder, SLACK_URL: "hunter2" } };
    const shell = opened("command", { command: ["env; exit 1"], shell: true, env: { MINE: "x" } }, context);
    const problem = JSON.stringify(await sent(shell));
    expect(problem).not.toMatch(/SLACK_URL|hunter2/);
    expect(
      await sent(
        opened(
          "command",
          { command: ['test "$MINE$HOME" = "x$1"', folder], shell: true, env: { MINE: "x" } },
          context,
        ),
      ),
    ).toEqual({ ok: true });
  });

  it("is run by a shell only if that is asked for", async () => {
    const out = join(folder, "out");
    expect(await sent(command([`echo hi > ${out}`]))).toMatchObject({ ok: false, retry: false });
    expect(existsSync(out)).toBe(false);
    expect(await sent(command([`echo "$1" > ${out}`, "first"], { shell: true }))).toEqual({ ok: true });
    expect(readFileSync(out, "utf8")).toBe("first\n");
  });

  it("is worth a retry by its exit code", async () => {
    for (const code of [1, 2, 69, 75, 64, 65, 77, 78, 126, 127]) {
      const retry = ![64, 65, 77, 78, 126, 127].includes(code);
      const result = await sent(command([`echo trouble; exit ${code}`], { shell: true }));
      expect(result).toEqual({ ok: false, retry, problem: `the program exited with ${code}: trouble` });
    }
  });

  it("is killed at its time limit, with what it has started", async () => {
    const came = new Promise<void>((resolve) => {
      const watcher = watch(folder, (_, name) => {
        if (name !== "pids") return;
        watcher.close();
        resolve();
      });
    });
    const pids = join(folder, "pids");
    const channel = command([`sleep 60 & echo "$$ $!" > ${pids}.new; mv ${pids}.new ${pids}; wait`], {
      shell: true,
    });
    const attempt = sent(channel);
    await came;
    channel.clock.runUntil(channel.clock.now() + TIMEOUT_MS);
    expect(await attempt).toMatchObject({ ok: false, retry: true });
    const [shell, sleep] = readFileSync(pids, "utf8").trim().split(" ").map(Number) as [number, number];
    const runs = (pid: number) => {
      try {
        return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
      } catch {
        return false;
      }
    };
    while (runs(shell) || runs(sleep)) await new Promise(setImmediate);
  });

  it("does not wait for what it leaves in the background, nor read output without end", async () => {
    const background = { command: ["sleep 30 & exit 0"], shell: true };
    const channel = opened("command", background, { env, clock: createRealClock() });
    expect(await sent(channel)).toEqual({ ok: true });
    const loud = await sent(command(["yes trouble | head -c 3000000; exit 1"], { shell: true }));
    expect(loud).toMatchObject({ ok: false });
    expect(JSON.stringify(loud).length).toBeLessThan(500);
  }, 10_000);

  it("is missed before it is needed", () => {
    const script = join(folder, "script");
    writeFileSync(script, "#!/bin/sh\n");
    expect(missing("command", { command: [script] })).toHaveLength(1);
    chmodSync(script, 0o755);
    expect(missing("command", { command: [script] })).toEqual([]);
    expect(missing("command", { command: ["sh"] })).toEqual([]);
    expect(missing("command", { command: ["no-such-program"] })).toHaveLength(1);
  });
});

describe("a file", () => {
  const path = () => join(folder, "record.jsonl");
  const lines = (file = path()) =>
    readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));

  it("is created for its owner only, and gets one line for each", async () => {
    const channel = opened("file", { path: path() });
    await Promise.all([1, 2, 3].map((nth) => sent(channel, aNotification({ key: String(nth) }))));
    expect(lines().map(({ key }) => key)).toEqual(["1", "2", "3"]);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  it("is rotated before it becomes too large, and loses nothing but the oldest files", async () => {
    const channel = opened("file", { path: path(), max_size_mb: 1, keep: 2 });
    const body = "x".repeat(15_000);
    const big = opened("file", { path: path(), max_size_mb: 1, keep: 2 }, {}, { template: { body } });
    channel.close();
    for (let nth = 0; nth < 250; nth++) await sent(big, aNotification({ key: String(nth) }));
    const files = readdirSync(folder).toSorted();
    expect(files).toEqual(["record.jsonl", "record.jsonl.1", "record.jsonl.2"]);
    for (const name of files) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(2 ** 20);
    const keys = files
      .toReversed()
      .flatMap((name) => lines(join(folder, name)).map(({ key }) => Number(key)));
    expect(keys).toEqual(Array.from({ length: keys.length }, (_, nth) => 250 - keys.length + nth));
    expect(keys.length).toBeGreaterThan(100);
  }, 20_000);

  it("must be a regular file: a pipe without a reader does not hold it up", async () => {
    execFileSync("mkfifo", [path()]);
    expect(await sent(opened("file", { path: path() }))).toMatchObject({ ok: false, retry: false });
    expect(missing("file", { path: path() })).toHaveLength(1);
    expect(missing("file", { path: join(folder, "none", "x") })).toEqual([
      "path cannot be written: its folder does not exist",
    ]);
    expect(missing("file", { path: join(folder, "x") })).toEqual([]);
    symlinkSync(join(folder, "x"), join(folder, "link"));
    expect(missing("file", { path: join(folder, "link") })).toEqual([]);
  });
});

describe("a terminal", () => {
  const ESC = "\u001b";
  async function written(terminalEnv: Record<string, string>, options: object = {}, given = aNotification()) {
    let text = "";
    const terminal = (sequence: string) => {
      text += sequence;
    };
    expect(await sent(opened("terminal", options, { env: terminalEnv, terminal }), given)).toEqual({
      ok: true,
    });
    return text;
  }
  const TITLE = "[FIRING] payment-service: HIGH_LATENCY";
  const MESSAGE = "payment-service: p99=1,020ms over 1,000ms";

  it.each([
    [{ TERM: "xterm-256color" }, `${ESC}]9;${TITLE} ${MESSAGE}\u0007\u0007`],
    [{ TERM: "foot" }, `${ESC}]777;notify;${TITLE};${MESSAGE}\u0007\u0007`],
    [{ TERM: "xterm-256color", VTE_VERSION: "7600" }, `${ESC}]777;notify;${TITLE};${MESSAGE}\u0007\u0007`],
    [{ TERM: "dumb" }, "\u0007"],
    [{ TERM: "linux" }, "\u0007"],
    [
      { TERM: "tmux-256color", TMUX: "/tmp/tmux-0/default,1,0" },
      `${ESC}Ptmux;${ESC}${ESC}]9;${TITLE} ${MESSAGE}\u0007${ESC}\\\u0007`,
    ],
  ])("shows what %j understands", async (terminalEnv, expected) => {
    expect(await written(terminalEnv)).toBe(expected);
  });

  it("keeps title and message apart, whatever is in the title", async () => {
    const odd = aNotification({ alerts: [aNotifiedAlert({ entity: "a;b", message: "c;d" })] });
    expect(await written({ TERM: "foot" }, { bell: false }, odd)).toBe(
      `${ESC}]777;notify;[FIRING] a,b: HIGH_LATENCY;c;d\u0007`,
    );
  });

  it("gets only what is asked for", async () => {
    expect(await written({ TERM: "foot" }, { bell: false, notice: "none" })).toBe("");
    expect(await written({ TERM: "foot" }, { bell: false, notice: "osc9" })).toBe(
      `${ESC}]9;${TITLE} ${MESSAGE}\u0007`,
    );
  });

  it("gets no sequence from a text, whatever is in it", async () => {
    await fc.assert(
      fc.asyncProperty(anyNotification, fc.constantFrom("osc9", "osc777"), async (notification, notice) => {
        const text = await written({ TERM: "xterm" }, { notice, bell: false }, notification);
        const inside = text.slice(2, -1);
        expect(inside).not.toMatch(/\p{Cc}/u);
        expect(text.endsWith("\u0007")).toBe(true);
        if (notice === "osc777") expect(inside.split(";").length).toBeGreaterThanOrEqual(4);
        else expect(inside).toMatch(/^9;(?!\d+;)/);
      }),
    );
  });

  it("says when there is none", async () => {
    expect(await sent(opened("terminal", {}))).toMatchObject({ ok: false, retry: false });
  });
});
