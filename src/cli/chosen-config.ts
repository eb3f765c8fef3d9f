import { basename, resolve } from "node:path";
import { formatProblem } from "../config/format.ts";
import { loadConfig } from "../config/load-config.ts";
import type { Config } from "../config/types.ts";
import type { WatchRequest } from "../watch/request.ts";
import { CliError, EXIT_USAGE, usageError } from "./errors.ts";
import type { CliDeps, CliIo } from "./io.ts";

/** The flags of every command. */
export interface CommonFlags {
  readonly config?: string;
  readonly seed?: number;
}

/** The config with another seed, if one is given. */
export function withSeed(config: Config, seed: number | undefined): Config {
  return seed === undefined ? config : { ...config, seed };
}

/**
 * The config that the flags choose, seed included.
 * @param exitCode the exit code if it is wrong
 * @throws CliError with one line for each problem
 */
export async function chosenConfig(
  flags: CommonFlags,
  io: CliIo,
  deps: CliDeps,
  exitCode = EXIT_USAGE,
): Promise<WatchRequest> {
  if (flags.config === "") throw usageError("--config must name a file, such as --config faultline.yaml");
  const configPath = resolve(io.cwd, flags.config ?? deps.defaultConfigPath);
  const configName = flags.config ?? basename(configPath);
  const result = await loadConfig(configPath);
  if (!result.ok) {
    throw new CliError(
      result.problems.map((problem) => formatProblem(configName, problem)),
      exitCode,
    );
  }
  return { config: withSeed(result.config, flags.seed), configPath, configName, seed: flags.seed };
}
