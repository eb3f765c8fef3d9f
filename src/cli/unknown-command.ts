import type { Command } from "commander";
import { closestWord } from "../config/did-you-mean.ts";
import { type CliError, usageError } from "./errors.ts";

/** The error for a word that is no command, with the command that resembles it. */
export function unknownCommand(word: string, program: Command): CliError {
  const known = program.commands.map((command) => command.name());
  const closest = closestWord(word, known);
  const advice = closest === undefined ? `choose one of ${known.join(", ")}` : `did you mean ${closest}?`;
  return usageError(`unknown command '${word}'; ${advice}`);
}
