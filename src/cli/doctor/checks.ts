import { channelsCheck } from "./channels-check.ts";
import { clockCheck } from "./clock-check.ts";
import { configCheck } from "./config-check.ts";
import { logCheck } from "./log-check.ts";
import { stateCheck } from "./state-check.ts";
import { terminalCheck } from "./terminal-check.ts";
import type { Check } from "./types.ts";

/** All checks, in the order in which they run. */
export const CHECKS: readonly Check[] = [
  configCheck,
  channelsCheck,
  stateCheck,
  clockCheck,
  terminalCheck,
  logCheck,
];
