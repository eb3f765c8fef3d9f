import type { Command } from "commander";
import type { CliDeps, CliIo } from "./io.ts";

/** The dependencies of a command. */
export interface CommandContext {
  readonly io: CliIo;
  readonly deps: CliDeps;
  /** Sets the exit code; default 0. */
  exit(code: number): void;
}

/** Adds one command to the program. */
export type CommandDefinition = (program: Command, context: CommandContext) => void;
