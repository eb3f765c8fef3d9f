import type { Command } from "commander";
import type { CommandDefinition } from "../command.ts";
import { type CommonFlags, configFromFlags } from "../config-from-flags.ts";
import { CliError, EXIT_FAILURE } from "../errors.ts";
import { currentState } from "../status/current-state.ts";
import { STATUS_EXIT_CODES, statusLine } from "../status-line.ts";

/** An answer takes at most 10 s; this much of it may pass before the config is known, ms. */
const LONGEST_CHECK_MS = 7_000;

/** Prints the current health in one line, with the exit code of a monitoring plugin. */
export const statusCommand: CommandDefinition = (program, { io, deps, exit }) => {
  program
    .command("status")
    .description("current health in one line; exit 0 healthy, 1 degraded, 2 critical or down, 3 unknown")
    .action(async (_options: unknown, command: Command) => {
      const startedAt = deps.realClock.now();
      const chosen = await configFromFlags(
        command.optsWithGlobals<CommonFlags>(),
        io,
        deps,
        LONGEST_CHECK_MS,
      );
      try {
        const { snapshot, missing } = await currentState(chosen, deps.realClock, startedAt);
        io.stdout.write(`${statusLine(snapshot, missing)}\n`);
        exit(STATUS_EXIT_CODES[snapshot.health]);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        throw new CliError([`UNKNOWN: ${message}`], EXIT_FAILURE, { cause: error });
      }
    });
};
