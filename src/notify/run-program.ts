import { type ChildProcess, spawn } from "node:child_process";
import type { Clock } from "../core/clock.ts";
import type { SendResult } from "./types.ts";

/** The first part of the output of a program that failed is quoted, bytes. */
const MAX_OUTPUT = 2_048;
/** What it started in the background may hold its output open; after its end no more of it is awaited, ms. */
const LAST_OUTPUT_MS = 100;

/** Of sysexits(3) and the shell: wrong usage or data, no permission, wrong config, cannot run, not found. */
const HOPELESS = new Set([64, 65, 77, 78, 126, 127]);

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: "the program is not there",
  EACCES: "the program cannot be run: permission denied",
  E2BIG: "the notification is too long for the environment of a program",
};

/**
 * Runs a program to its end in a process group of its own, which is killed when `signal` is aborted. Its output is read
 * and dropped but for the beginning. Never rejects.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  input: string,
  signal: AbortSignal,
  clock: Clock,
): Promise<SendResult> {
  return new Promise((resolve) => {
    let child: ChildProcess;
    try {
      child = spawn(program, args, { env, stdio: "pipe", detached: true });
    } catch (error) {
      resolve(notStarted(error));
      return;
    }
    const output: Buffer[] = [];
    let bytes = 0;
    const keep = (part: Buffer) => {
      if (bytes < MAX_OUTPUT) output.push(part);
      bytes += part.length;
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    // A program need not read its input.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
    const kill = () => {
      killGroup(child);
      end({ ok: false, problem: "the program was killed at its time limit", retry: true });
    };
    const end = (result: SendResult) => {
      signal.removeEventListener("abort", kill);
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve(result);
    };
    signal.addEventListener("abort", kill, { once: true });
    child.on("error", (error) => end(notStarted(error)));
    const ended = (code: number | null, killedBy: NodeJS.Signals | null) => {
      const said = Buffer.concat(output).subarray(0, MAX_OUTPUT).toString();
      // The last word may be the first half of a secret, which nobody would recognise.
      end(outcome(code, killedBy, bytes > MAX_OUTPUT ? said.replace(/\S*$/, "") : said));
    };
    child.on("close", ended);
    child.on("exit", (code, killedBy) => clock.after(LAST_OUTPUT_MS, () => ended(code, killedBy)));
  });
}

function outcome(code: number | null, killedBy: NodeJS.Signals | null, output: string): SendResult {
  if (code === 0) return { ok: true };
  const said = output.trim() === "" ? "" : `: ${output.trim().replace(/\s+/g, " ")}`;
  if (code === null)
    return { ok: false, problem: `the program was ended by ${killedBy}${said}`, retry: true };
  return { ok: false, problem: `the program exited with ${code}${said}`, retry: !HOPELESS.has(code) };
}

function notStarted(error: unknown): SendResult {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const passes = code === "EAGAIN" || code === "ENOMEM" || code === "EMFILE";
  return { ok: false, problem: WORDS[code] ?? `the program cannot be started (${code})`, retry: passes };
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
