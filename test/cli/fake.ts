import { resolve } from "node:path";
import type { CliDeps, CliIo } from "../../src/cli/io.ts";
import { runCli } from "../../src/cli/run.ts";
import type { Clock } from "../../src/core/clock.ts";
import { createVirtualClock } from "../../src/core/virtual-clock.ts";
import type { ScreenChoices, WatchRequest } from "../../src/watch/request.ts";

/** The result of one command line. */
export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The request that started the live screen, if any. */
  readonly watched: WatchRequest | undefined;
  readonly choices: ScreenChoices | undefined;
}

const ROOT = resolve(import.meta.dirname, "../..");

interface Environment {
  readonly env?: CliIo["env"];
  /** The behaviour of the live screen; default: ends immediately with success. */
  readonly watch?: CliDeps["watch"];
  readonly realClock?: Clock;
}

/** Runs a command line in the folder of the checkout, with captured output. */
export async function faultline(argv: readonly string[], environment: Environment = {}): Promise<Run> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  let watched: WatchRequest | undefined;
  let choices: ScreenChoices | undefined;
  const io: CliIo = {
    stdout: { write: (text) => void stdout.push(text) },
    stderr: { write: (text) => void stderr.push(text) },
    env: environment.env ?? {},
    cwd: ROOT,
  };
  const deps: CliDeps = {
    version: "1.2.3",
    defaultConfigPath: resolve(ROOT, "config/default.yaml"),
    realClock: environment.realClock ?? createVirtualClock(),
    watch: (request, chosen) => {
      watched = request;
      choices = chosen;
      return environment.watch?.(request, chosen) ?? Promise.resolve(0);
    },
  };
  const exitCode = await runCli(argv, io, deps);
  return { exitCode, stdout: stdout.join(""), stderr: stderr.join(""), watched, choices };
}
