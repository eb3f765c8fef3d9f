import { resolve } from "node:path";
import { catalog } from "../../catalog/index.ts";
import { loadConfig } from "../../config/load-config.ts";
import type { CommandDefinition } from "../command.ts";
import { formatProblem, problemLines } from "../config-from-flags.ts";
import { CliError, usageError } from "../errors.ts";

/** Validates a config file and reports all problems. */
export const checkCommand: CommandDefinition = (program, { io, deps }) => {
  program
    .command("check")
    .description("validate a config file")
    .argument("<file>", "the config file")
    .action(async (file: string) => {
      if (file === "") throw usageError("check needs the name of a file, such as check faultline.yaml");
      const result = await loadConfig(resolve(io.cwd, file), { clock: deps.realClock });
      if (!result.ok) throw new CliError(problemLines(file, result));
      const { entities, rules } = result.config;
      const kinds = [...Map.groupBy(entities, ({ kind }) => kind)].map(([kind, { length }]) =>
        counted(length, kind, catalog.entities.get(kind)?.title),
      );
      for (const warning of result.warnings ?? []) {
        io.stderr.write(`${formatProblem(file, { ...warning, message: `warning: ${warning.message}` })}\n`);
      }
      io.stdout.write(`${file}: ok, ${[...kinds, counted(rules.length, "rule")].join(", ")}\n`);
    });
};

function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
