import type { Config } from "../config/types.ts";
import type { Cancel, Clock } from "../core/clock.ts";

/** Somewhere text goes. */
export interface CliOutput {
  write(text: string): void;
  readonly isTTY: boolean;
}

/** All that a command may touch of the process it runs in. */
export interface CliIo {
  readonly stdout: CliOutput;
  readonly stderr: CliOutput;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths begin. */
  readonly cwd: string;
  /** Calls `listener` when the program is asked to end; from then on it must end by itself. */
  onSignal(listener: () => void): Cancel;
}

/** What the live screen is started with. */
export interface WatchOptions {
  readonly config: Config;
  /** Absolute. */
  readonly configPath: string;
  /** As people know it, for the screen. */
  readonly configName: string;
  /** What `--seed` said; it outlives a reload of the config. */
  readonly seed: number | undefined;
}

/** What the composition root hands to the commands. */
export interface CliDeps {
  readonly version: string;
  /** Absolute path of the config that is used when none is named. */
  readonly defaultConfigPath: string;
  readonly realClock: Clock;
  /** Runs the live screen to its end; gives the exit code. */
  watch(options: WatchOptions, io: CliIo): Promise<number>;
}
