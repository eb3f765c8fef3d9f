import { Command } from "commander";
import type { CommandContext, CommandDefinition } from "./command.ts";
import { checkCommand } from "./commands/check.ts";
import { describeCommand } from "./commands/describe.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { helpCommand } from "./commands/help.ts";
import { notifyCommand } from "./commands/notify.ts";
import { rulesCommand } from "./commands/rules.ts";
import { snapshotCommand } from "./commands/snapshot.ts";
import { statusCommand } from "./commands/status.ts";
import { watchCommand } from "./commands/watch.ts";
import { parseSeed } from "./numbers.ts";

/** All commands by name, in the order of the help. */
const COMMANDS = {
  watch: watchCommand,
  snapshot: snapshotCommand,
  status: statusCommand,
  check: checkCommand,
  describe: describeCommand,
  rules: rulesCommand,
  notify: notifyCommand,
  doctor: doctorCommand,
  help: helpCommand,
} satisfies Record<string, CommandDefinition>;

/** The program with all its commands. It throws instead of ending the process. */
export function buildProgram(context: CommandContext): Command {
  const { io, deps } = context;
  const program = new Command("faultline")
    .description("Monitor the health of services in the terminal, and inject faults into them.")
    .option("--config <file>", "the config file; default: a simulated fleet of five services")
    .option("--seed <n>", "random seed of the simulation; the same seed gives the same run", parseSeed)
    .version(deps.version, "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .configureHelp({ showGlobalOptions: true });

  // Commands copy these settings when they are added.
  program.exitOverride().configureOutput({
    writeOut: (text) => io.stdout.write(text),
    // Errors are thrown too; `reportError` prints them.
    writeErr: () => {},
    getOutHelpWidth: () => 80,
    getOutHasColors: () => false,
  });
  for (const define of Object.values(COMMANDS)) define(program, context);
  return program;
}
