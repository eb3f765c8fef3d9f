/** What the composition root needs for any command, as one module to load. */
export { fileOutput, isClosedByReader, streamOutput, unwritable } from "../terminal/line-output.ts";
export { CliError, complain, unexpectedFailure } from "./errors.ts";
export { failureCodes } from "./exit-code.ts";
export { runCli } from "./run.ts";
