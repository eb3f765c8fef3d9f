import type { Config } from "../config/types.ts";
import type { LogLevel } from "../core/log.ts";
import type { ColorDepth } from "../terminal/color-depth.ts";
import type { Pace } from "../terminal/pace.ts";

/** What to monitor. */
export interface WatchRequest {
  readonly config: Config;
  /** Absolute path. */
  readonly configPath: string;
  /** Display name. */
  readonly configName: string;
  /** From the command line; it overrides the config, also after a reload. */
  readonly seed: number | undefined;
}

/** Display options; undefined values are detected from the terminal. */
export interface ScreenChoices {
  readonly pace: Pace;
  readonly depth: ColorDepth | undefined;
  readonly unicode: boolean | undefined;
  /** Print lines instead of a screen: for screen readers and terminals without cursor movement. */
  readonly plain: boolean;
  /** The lowest level of the log of the monitor itself. */
  readonly logLevel: LogLevel | "off";
}
