import type { Command } from "commander";
import { closestWord } from "../../config/did-you-mean.ts";
import { type CommonFlags, chosenConfig } from "../chosen-config.ts";
import type { CommandDefinition } from "../command.ts";
import { usageError } from "../errors.ts";

/** The live screen; also what happens when no command is named. */
export const watchCommand: CommandDefinition = (program, { io, deps, exit }) => {
  program
    .command("watch", { isDefault: true })
    .description("the live screen (this is what happens without a command)")
    // A misspelt command arrives here as an argument, and is better answered than "too many arguments".
    .allowExcessArguments(true)
    .action(async (_options: unknown, command: Command) => {
      const [surplus] = command.args;
      if (surplus !== undefined) throw unknownCommand(surplus, program);
      exit(await deps.watch(await chosenConfig(command.optsWithGlobals<CommonFlags>(), io, deps), io));
    });
};

function unknownCommand(word: string, program: Command): Error {
  const known = program.commands.map((command) => command.name());
  const closest = closestWord(word, known);
  const advice = closest === undefined ? `choose one of ${known.join(", ")}` : `did you mean ${closest}?`;
  return usageError(`unknown command '${word}'; ${advice}`);
}
