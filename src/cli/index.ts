export { CliError, complain, unexpectedFailure } from "./errors.ts";
export { failureCodes } from "./exit-code.ts";
export { runCli } from "./run.ts";
