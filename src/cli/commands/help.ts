import type { CommandDefinition } from "../command.ts";
import { unknownCommand } from "../unknown-command.ts";

/** Replaces commander's own help command, which ends without a message for an unknown command. */
export const helpCommand: CommandDefinition = (program, { io }) => {
  program
    .helpCommand(false)
    .command("help")
    .description("print the help of a command")
    .argument("[command]", "the command; default: the program")
    .action((word: string | undefined) => {
      const command = word === undefined ? program : program.commands.find((each) => each.name() === word);
      if (command === undefined) throw unknownCommand(word!, program);
      io.stdout.write(command.helpInformation());
    });
};
