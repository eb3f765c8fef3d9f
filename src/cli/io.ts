import type { Clock } from "../core/clock.ts";
import type { ScreenChoices, WatchRequest } from "../watch/request.ts";

/** Where text is written to. */
export interface CliOutput {
  write(text: string): void;
}

/** All that a command may touch of the process it runs in. */
export interface CliIo {
  readonly stdout: CliOutput;
  readonly stderr: CliOutput;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The directory that relative paths start from. */
  readonly cwd: string;
}

/** What the composition root hands to the commands. */
export interface CliDeps {
  readonly version: string;
  /** Absolute path of the default config. */
  readonly defaultConfigPath: string;
  readonly realClock: Clock;
  /** Runs the live screen to its end; returns the exit code. */
  watch(request: WatchRequest, choices: ScreenChoices): Promise<number>;
}
