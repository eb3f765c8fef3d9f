import { dirname, resolve } from "node:path";
import type { RuledFleet } from "../../alerts/ruled-fleet.ts";
import { runTest } from "../../alerts/trial/run-test.ts";
import { catalog } from "../../catalog/index.ts";
import { readTextFile } from "../../config/load.ts";
import { loadConfig } from "../../config/load-config.ts";
import { type ParsedRuleTests, parseRuleTests } from "../../config/rule-tests/parse.ts";
import type { Config } from "../../config/types.ts";
import { type CommonFlags, configFromFlags, formatProblem, problemLines } from "../config-from-flags.ts";
import { CliError, usageError } from "../errors.ts";
import type { CliDeps, CliIo } from "../io.ts";
import { resolvePath } from "../paths.ts";
import { jsonOfResults, textOfResults } from "./results.ts";

/** Everything as expected. */
export const EXIT_PASSED = 0;
/** An expectation was not met, or a rule threw. */
export const EXIT_FAILED = 1;

/**
 * Runs the tests of a file and prints what is not as expected.
 * @returns the exit code
 * @throws CliError for a file, or a config that it names, with problems
 */
export async function runTestFile(
  name: string,
  asJson: boolean,
  flags: CommonFlags,
  { io, deps }: { readonly io: CliIo; readonly deps: CliDeps },
): Promise<number> {
  const path = resolvePath(io, name);
  const text = await readTextFile(path);
  if (typeof text !== "string") {
    if (/^\w+$/.test(name))
      throw usageError(`rules test needs a file, or values for a rule, such as rules test ${name} 95 50 10`);
    throw new CliError([formatProblem(name, text)]);
  }
  const parsed = parseRuleTests(text, catalog);
  if (!parsed.ok) throw new CliError(problemLines(name, parsed));
  const config = await configOf(parsed, path, flags, io, deps);
  const fleet: RuledFleet = { ...config, ruleKinds: catalog.rules, entityKinds: catalog.entities };
  const found = parsed.tests(fleet);
  if (!found.ok) throw new CliError(problemLines(name, found));
  const results = found.tests.map((test) => runTest(test, fleet.rules, fleet.ruleKinds));
  io.stdout.write(asJson ? jsonOfResults(name, results) : textOfResults(name, results));
  const isAsExpected = results.every(
    ({ verdicts, problems }) => problems.length === 0 && verdicts.every(({ passed }) => passed),
  );
  return isAsExpected ? EXIT_PASSED : EXIT_FAILED;
}

/** The rules of the file itself, of the config that it names, or of the one that the flags select. */
async function configOf(
  { own, config }: ParsedRuleTests,
  path: string,
  flags: CommonFlags,
  io: CliIo,
  deps: CliDeps,
): Promise<Pick<Config, "rules" | "entities" | "kinds" | "tickMs">> {
  if (own !== undefined) return own;
  if (config === undefined) return (await configFromFlags(flags, io, deps)).config;
  const result = await loadConfig(resolve(dirname(path), config), { clock: deps.realClock });
  if (!result.ok) throw new CliError(problemLines(config, result));
  return result.config;
}
