import { basename } from "node:path";
import { KeptConfigs } from "../config/kept-configs.ts";
import { loadConfig } from "../config/load-config.ts";
import { buildId } from "../config/prepared.ts";
import { omittedText } from "../config/problem-list.ts";
import type { Config, ConfigProblem, ConfigResult } from "../config/types.ts";
import type { WatchRequest } from "../watch/request.ts";
import { CliError, usageError } from "./errors.ts";
import type { CliDeps, CliIo } from "./io.ts";
import { resolvePath } from "./paths.ts";

/** Flags shared by all commands. */
export interface CommonFlags {
  readonly config?: string;
  readonly seed?: number;
}

/** `file:line:column: message`, which editors and terminals turn into a link. */
export function formatProblem(file: string, problem: ConfigProblem): string {
  return `${file}:${problem.line}:${problem.column}: ${problem.message}`;
}

/** All problems of a config, one line each, and a line for those beyond the limit. */
export function problemLines(file: string, { problems, omitted }: ConfigResult & { ok: false }): string[] {
  const lines = problems.map((problem) => formatProblem(file, problem));
  if (omitted !== undefined) {
    lines.push(formatProblem(file, { ...omitted, message: `${omittedText(omitted)}; fix these first` }));
  }
  return lines;
}

/** The config with its seed replaced, if one is given. */
export function withSeed(config: Config, seed: number | undefined): Config {
  return seed === undefined ? config : { ...config, seed };
}

function keptConfigs({ cacheFolder }: CliDeps): KeptConfigs | undefined {
  return cacheFolder === undefined || buildId === undefined
    ? undefined
    : new KeptConfigs(cacheFolder, buildId);
}

/**
 * The config that the flags select, with their seed.
 * @param longestMs how long checking it may take, ms
 * @throws CliError with one line for each problem
 */
export async function configFromFlags(
  flags: CommonFlags,
  io: CliIo,
  deps: CliDeps,
  longestMs?: number,
): Promise<WatchRequest> {
  if (flags.config === "") throw usageError("--config must name a file, such as --config faultline.yaml");
  const configPath = resolvePath(io, flags.config ?? deps.defaultConfigPath);
  const configName = flags.config ?? basename(configPath);
  const result = await loadConfig(configPath, {
    clock: deps.realClock,
    longestMs,
    kept: keptConfigs(deps),
  });
  if (!result.ok) {
    throw new CliError(problemLines(configName, result));
  }
  return { config: withSeed(result.config, flags.seed), configPath, configName, seed: flags.seed };
}
