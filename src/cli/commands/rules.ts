import type { Command } from "commander";
import type { CommandDefinition } from "../command.ts";
import { type CommonFlags, configFromFlags } from "../config-from-flags.ts";
import { usageError } from "../errors.ts";
import { parseEvery } from "../numbers.ts";

interface TestFlags {
  readonly kind?: string;
  /** ms */
  readonly every?: number;
  readonly json?: boolean;
}

/** Lists, tries, tests and exports the alert rules of a config. */
export const rulesCommand: CommandDefinition = (program, context) => {
  const { io, deps, exit } = context;
  // Rules can choose their entities by regular expressions.
  const loadRegex = async () => (await import("../../core/regex.ts")).loadRegexEngine();
  const config = async (command: Command) => {
    const chosen = await configFromFlags(command.optsWithGlobals<CommonFlags>(), io, deps);
    await loadRegex();
    return chosen;
  };
  const rules = program
    .command("rules")
    .description("list, try, test and export the alert rules of a config");

  rules
    .command("list")
    .description("list the alert rules")
    .option("--json", "as JSON")
    .action(async (options: { readonly json?: true }, command: Command) => {
      const { listRules } = await import("../rules/list.ts");
      io.stdout.write(listRules((await config(command)).config, options.json === true));
    });

  rules
    .command("test")
    .description(
      "run a file of rule tests (exit code 0 as expected, 1 not, 2 wrong file), or try a rule: rules test HIGH_CPU 95 50 10",
    )
    .argument("<file-or-rule>", "a file of tests (see docs/RULES.md); with values the name of a rule")
    .argument(
      "[values...]",
      "values of its measure, one per evaluation, such as 95 50 10, 95x5 or 0+10x20; shares as 0.95, or in percent when any is over 1",
    )
    .option("--kind <kind>", "kind of the entity; default: the first that the rule applies to")
    .option("--every <time>", "time between two values; default: the tick of the config", parseEvery)
    .option("--json", "as JSON")
    .action(async (rule: string, values: readonly string[], options: TestFlags, command: Command) => {
      if (values.length === 0) {
        await loadRegex();
        const { runTestFile } = await import("../rules/test-file.ts");
        const flags = command.optsWithGlobals<CommonFlags>();
        exit(await runTestFile(rule, options.json === true, flags, context));
        return;
      }
      const { trialText } = await import("../rules/try.ts");
      const { config: chosen } = await config(command);
      const { kind, every: everyMs, json: asJson = false } = options;
      io.stdout.write(trialText(chosen, { rule, values, kind, everyMs, asJson }));
    });

  rules
    .command("export")
    .description("write the alert rules as a rule file of Prometheus; what differs follows as comments")
    .option("--prometheus", "as a rule file of Prometheus")
    .action(async (options: { readonly prometheus?: true }, command: Command) => {
      if (options.prometheus !== true)
        throw usageError("rules export needs a format: rules export --prometheus");
      const { exportText } = await import("../rules/export.ts");
      const chosen = await config(command);
      io.stdout.write(exportText(chosen.config, chosen.configName));
    });
};
