import { EXIT_FAILURE, reportError } from "./errors.ts";
import { failureCodes } from "./exit-code.ts";
import type { CliDeps, CliIo } from "./io.ts";
import { buildProgram } from "./program.ts";

/**
 * Runs one command line. Never rejects: errors are written to stderr.
 * @param argv the arguments, without the program name
 * @returns the exit code
 */
export async function runCli(argv: readonly string[], io: CliIo, deps: CliDeps): Promise<number> {
  let exitCode = 0;
  const exit = (code: number) => {
    exitCode = code;
  };
  try {
    await buildProgram({ io, deps, exit }).parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    const code = reportError(error, io);
    const { usage, failure } = failureCodes(argv);
    if (code === 0) return 0;
    return code === EXIT_FAILURE ? failure : usage;
  }
}
