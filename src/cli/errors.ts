import { CommanderError } from "commander";
import type { CliIo } from "./io.ts";

/** The exit code of a wrong flag, command or config. */
export const EXIT_USAGE = 2;

/** The exit code of a failure that nobody foresaw. */
export const EXIT_FAILURE = 1;

/** Something the user can put right. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exitCode: number;
  /** What goes to stderr, one line each. */
  readonly lines: readonly string[];

  constructor(lines: readonly string[], exitCode = EXIT_USAGE, options?: ErrorOptions) {
    super(lines.join("\n"), options);
    this.lines = lines;
    this.exitCode = exitCode;
  }
}

/** One plain sentence about how the program was called. */
export function usageError(sentence: string): CliError {
  return new CliError([`faultline: ${sentence}`]);
}

/** Says on stderr what went wrong, with a stack only where it is asked for; gives the exit code. */
export function reportError(error: unknown, io: CliIo): number {
  const failure = asCliError(error);
  if (failure === undefined) return 0;
  io.stderr.write(`${failure.lines.join("\n")}\n`);
  if (io.env.FAULTLINE_DEBUG === "1" && error instanceof Error) io.stderr.write(`${error.stack}\n`);
  return failure.exitCode;
}

/** Undefined for what is no error at all: help and version end a command as well. */
function asCliError(error: unknown): CliError | undefined {
  if (error instanceof CliError) return error;
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? undefined : usageError(plainSentence(error.message));
  }
  const message = error instanceof Error ? error.message : String(error);
  const hint = "run it again with FAULTLINE_DEBUG=1 to see where";
  return new CliError([`faultline: unexpected failure: ${message.split("\n")[0]}; ${hint}`], EXIT_FAILURE);
}

/** `error: unknown option '--sed'\n(Did you mean --seed?)` -> one sentence that says what to do. */
function plainSentence(message: string): string {
  const [first = "", guess] = message.replace(/^error: /, "").split("\n");
  const advice = guess === undefined ? "see faultline --help" : guess.replace(/^\(D(.*)\)$/, "d$1");
  return `${first.replace(/\.$/, "")}; ${advice}`;
}
