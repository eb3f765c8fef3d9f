import type { Command } from "commander";
import type { CliDeps, CliIo } from "./io.ts";

/** What a command is built with. */
export interface CommandContext {
  readonly io: CliIo;
  readonly deps: CliDeps;
  /** The exit code, if it is not to be 0. */
  exit(code: number): void;
}

/** Adds one command to the program. */
export type CommandDefinition = (program: Command, context: CommandContext) => void;
