import type { Config } from "../config/types.ts";
import type { ColorDepth } from "../terminal/color-depth.ts";
import type { Pace } from "../terminal/pace.ts";

/** What is to be watched. */
export interface WatchRequest {
  readonly config: Config;
  /** Absolute. */
  readonly configPath: string;
  /** As people know it, for the screen. */
  readonly configName: string;
  /** What the command line said; it outlives a reload of the config. */
  readonly seed: number | undefined;
}

/** How it is to be shown, where the terminal is not simply believed. */
export interface ScreenChoices {
  readonly pace: Pace;
  readonly depth: ColorDepth | undefined;
  readonly unicode: boolean | undefined;
  /** Lines that tell of changes instead of a screen: for screen readers, and where cursors do not move. */
  readonly plain: boolean;
}
