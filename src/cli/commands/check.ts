import { resolve } from "node:path";
import { formatProblem } from "../../config/format.ts";
import { loadConfig } from "../../config/load-config.ts";
import type { CommandDefinition } from "../command.ts";
import { CliError } from "../errors.ts";

/** Validates a config file and says everything that is wrong with it. */
export const checkCommand: CommandDefinition = (program, { io }) => {
  program
    .command("check")
    .description("validate a config file")
    .argument("<file>", "the config file")
    .action(async (file: string) => {
      const result = await loadConfig(resolve(io.cwd, file));
      if (!result.ok) throw new CliError(result.problems.map((problem) => formatProblem(file, problem)));
      const { services, rules } = result.config;
      io.stdout.write(
        `${file}: ok, ${counted(services.length, "service")}, ${counted(rules.length, "rule")}\n`,
      );
    });
};

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
