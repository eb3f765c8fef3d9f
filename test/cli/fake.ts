import { resolve } from "node:path";
import type { CliDeps, CliIo } from "../../src/cli/io.ts";
import { runCli } from "../../src/cli/run.ts";
import type { Clock } from "../../src/core/clock.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import type { ScreenChoices, WatchRequest } from "../../src/watch/request.ts";

/** What one command line left behind. */
export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the live screen was started with, if it was. */
  readonly watched: WatchRequest | undefined;
  readonly choices: ScreenChoices | undefined;
}

const ROOT = resolve(import.meta.dirname, "../..");

interface Surroundings {
  readonly env?: CliIo["env"];
  /** What becomes of the live screen; without it, it ends at once and well. */
  readonly watch?: CliDeps["watch"];
  readonly realClock?: Clock;
}

/** Runs a command line in the checkout's folder, with nothing of the process but strings. */
export async function faultline(argv: readonly string[], surroundings: Surroundings = {}): Promise<Run> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  let watched: WatchRequest | undefined;
  let choices: ScreenChoices | undefined;
  const io: CliIo = {
    stdout: { write: (text) => void stdout.push(text) },
    stderr: { write: (text) => void stderr.push(text) },
    env: surroundings.env ?? {},
    cwd: ROOT,
  };
  const deps: CliDeps = {
    version: "1.2.3",
    defaultConfigPath: resolve(ROOT, "config/default.yaml"),
    realClock: surroundings.realClock ?? createVirtualClock(),
    watch: (request, chosen) => {
      watched = request;
      choices = chosen;
      return surroundings.watch?.(request, chosen) ?? Promise.resolve(0);
    },
  };
  const exitCode = await runCli(argv, io, deps);
  return { exitCode, stdout: stdout.join(""), stderr: stderr.join(""), watched, choices };
}
