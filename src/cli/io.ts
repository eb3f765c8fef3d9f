import type { Clock } from "../core/clock.ts";
import type { ScreenChoices, WatchRequest } from "../watch/request.ts";

/** Somewhere text goes. */
export interface CliOutput {
  write(text: string): void;
}

/** All that a command may touch of the process it runs in. */
export interface CliIo {
  readonly stdout: CliOutput;
  readonly stderr: CliOutput;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths begin. */
  readonly cwd: string;
}

/** What the composition root hands to the commands. */
export interface CliDeps {
  readonly version: string;
  /** Absolute path of the config that is used when none is named. */
  readonly defaultConfigPath: string;
  readonly realClock: Clock;
  /** Runs the live screen to its end; gives the exit code. */
  watch(request: WatchRequest, choices: ScreenChoices): Promise<number>;
}
