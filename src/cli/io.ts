import type { Clock } from "../core/clock.ts";
import type { ScreenChoices, WatchRequest } from "../watch/request.ts";

/** An output of a command. Never throws: whoever ends the program asks the output whether it has failed. */
export interface CliOutput {
  write(text: string): void;
}

/** The part of the process that a command may use. */
export interface CliIo {
  readonly stdout: CliOutput;
  readonly stderr: CliOutput;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The directory that relative paths are resolved against. Throws a CliError if it was deleted. */
  readonly cwd: string;
}

/** What the composition root passes to the commands. */
export interface CliDeps {
  readonly version: string;
  /** Absolute path of the default config. */
  readonly defaultConfigPath: string;
  readonly realClock: Clock;
  /** The size of the terminal in characters; undefined without one. */
  readonly terminal?: { readonly columns: number; readonly rows: number } | undefined;
  /** Writes control sequences to the terminal, whatever the outputs are; absent without one. */
  readonly writeTerminal?: ((sequence: string) => void) | undefined;
  /** An existing folder for what the next start can use again; undefined: nothing is kept. */
  readonly cacheFolder?: string | undefined;
  /** Runs the live screen until it is closed; returns the exit code. */
  watch(request: WatchRequest, choices: ScreenChoices): Promise<number>;
}
