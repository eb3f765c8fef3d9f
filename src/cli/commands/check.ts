import { readFile } from "node:fs/promises";
import { catalog } from "../../catalog/index.ts";
import { loadConfig } from "../../config/load-config.ts";
import type { TargetProblems } from "../../config/notify/targets.ts";
import type { Config } from "../../config/types.ts";
import { printable } from "../../core/printable.ts";
import type { CommandDefinition } from "../command.ts";
import { formatProblem, problemLines } from "../config-from-flags.ts";
import { CliError, complain, usageError } from "../errors.ts";
import type { CliIo } from "../io.ts";
import { resolvePath } from "../paths.ts";

/** Validates a config file and reports all problems. */
export const checkCommand: CommandDefinition = (program, { io, deps }) => {
  program
    .command("check")
    .description("validate a config file")
    .argument("<file>", "the config file")
    .action(async (file: string) => {
      if (file === "") throw usageError("check needs the name of a file, such as check faultline.yaml");
      const path = resolvePath(io, file);
      const result = await loadConfig(path, { clock: deps.realClock });
      if (!result.ok) throw new CliError(problemLines(file, result));
      const { entities, rules, notify } = result.config;
      const targets = await channelProblems(path, result.config, io);
      if (targets.problems.length > 0)
        throw new CliError(targets.problems.map((problem) => formatProblem(file, problem)));
      const kinds = [...Map.groupBy(entities, ({ kind }) => kind)].map(([kind, { length }]) =>
        counted(length, kind, catalog.entities.get(kind)?.title),
      );
      for (const warning of [...(result.warnings ?? []), ...targets.warnings]) {
        complain(io, [formatProblem(file, { ...warning, message: `warning: ${warning.message}` })]);
      }
      const channels = notify === undefined ? [] : [counted(notify.channels.length, "channel")];
      const parts = [...kinds, counted(rules.length, "rule"), ...channels];
      io.stdout.write(`${printable(file)}: ok, ${parts.join(", ")}\n`);
    });
};

/** What this machine lacks for the channels, such as a variable with a secret. */
async function channelProblems(path: string, config: Config, { env }: CliIo): Promise<TargetProblems> {
  if (config.notify === undefined) return { problems: [], warnings: [] };
  const { channelTargets } = await import("../../config/notify/targets.ts");
  return channelTargets(await readFile(path, "utf8"), config, catalog, env);
}

function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
