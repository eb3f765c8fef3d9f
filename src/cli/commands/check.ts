import { catalog } from "../../catalog/index.ts";
import { loadConfig } from "../../config/load-config.ts";
import { printable } from "../../core/printable.ts";
import type { CommandDefinition } from "../command.ts";
import { formatProblem, problemLines } from "../config-from-flags.ts";
import { CliError, complain, usageError } from "../errors.ts";
import { resolvePath } from "../paths.ts";

/** Validates a config file and reports all problems. */
export const checkCommand: CommandDefinition = (program, { io, deps }) => {
  program
    .command("check")
    .description("validate a config file")
    .argument("<file>", "the config file")
    .action(async (file: string) => {
      if (file === "") throw usageError("check needs the name of a file, such as check faultline.yaml");
      const result = await loadConfig(resolvePath(io, file), { clock: deps.realClock });
      if (!result.ok) throw new CliError(problemLines(file, result));
      const { entities, rules } = result.config;
      const kinds = [...Map.groupBy(entities, ({ kind }) => kind)].map(([kind, { length }]) =>
        counted(length, kind, catalog.entities.get(kind)?.title),
      );
      for (const warning of result.warnings ?? []) {
        complain(io, [formatProblem(file, { ...warning, message: `warning: ${warning.message}` })]);
      }
      io.stdout.write(`${printable(file)}: ok, ${[...kinds, counted(rules.length, "rule")].join(", ")}\n`);
    });
};

function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
