import { CommanderError } from "commander";
import type { CliIo } from "./io.ts";

/** The exit code of a wrong flag, command or config. */
export const EXIT_USAGE = 2;

/** The exit code of an unexpected failure. */
export const EXIT_FAILURE = 1;

/** An error that the user can fix. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exitCode: number;
  /** The lines for stderr. */
  readonly lines: readonly string[];

  constructor(lines: readonly string[], exitCode = EXIT_USAGE, options?: ErrorOptions) {
    super(lines.join("\n"), options);
    this.lines = lines;
    this.exitCode = exitCode;
  }
}

/** An error in the command line, as one sentence. */
export function usageError(sentence: string): CliError {
  return new CliError([`faultline: ${sentence}`]);
}

/** Writes an error to stderr, with a stack trace only when FAULTLINE_DEBUG=1. Returns the exit code. */
export function reportError(error: unknown, io: CliIo): number {
  const failure = asCliError(error);
  if (failure === undefined) return 0;
  io.stderr.write(`${failure.lines.join("\n")}\n`);
  if (io.env.FAULTLINE_DEBUG === "1" && error instanceof Error) io.stderr.write(`${error.stack}\n`);
  return failure.exitCode;
}

/** Undefined for help and version, which commander also ends by throwing. */
function asCliError(error: unknown): CliError | undefined {
  if (error instanceof CliError) return error;
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? undefined : usageError(usageMessage(error.message));
  }
  const message = error instanceof Error ? error.message : String(error);
  const hint = "run again with FAULTLINE_DEBUG=1 for a stack trace";
  return new CliError([`faultline: unexpected failure: ${message.split("\n")[0]}; ${hint}`], EXIT_FAILURE);
}

/** `error: unknown option '--sed'\n(Did you mean --seed?)` -> one sentence with advice. */
function usageMessage(message: string): string {
  const [first = "", guess] = message.replace(/^error: /, "").split("\n");
  const advice = guess === undefined ? "see faultline --help" : guess.replace(/^\(D(.*)\)$/, "d$1");
  return `${first.replace(/\.$/, "")}; ${advice}`;
}
