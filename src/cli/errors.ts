import { CommanderError } from "commander";
import { printable } from "../core/printable.ts";
import type { CliIo } from "./io.ts";

/** The exit code of a wrong flag, command or config; see exit-code.ts for `status`. */
export const EXIT_USAGE = 2;

/** The exit code of an unexpected failure. */
export const EXIT_FAILURE = 1;

/** An error that the user can fix. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exitCode: typeof EXIT_USAGE | typeof EXIT_FAILURE;
  /** The lines for stderr. */
  readonly lines: readonly string[];

  constructor(
    lines: readonly string[],
    exitCode: typeof EXIT_USAGE | typeof EXIT_FAILURE = EXIT_USAGE,
    options?: ErrorOptions,
  ) {
    super(lines.join("\n"), options);
    this.lines = lines;
    this.exitCode = exitCode;
  }
}

/** An error in the command line, as one sentence. */
export function usageError(sentence: string): CliError {
  return new CliError([`faultline: ${sentence}`]);
}

/** Writes messages to stderr, one line each. They quote command lines and file names: see `printable`. */
export function complain({ stderr }: Pick<CliIo, "stderr">, lines: readonly string[]): void {
  stderr.write(`${lines.map((line) => printable(line)).join("\n")}\n`);
}

/** Writes an error to stderr, with a stack trace only when FAULTLINE_DEBUG=1. Returns the exit code; 0 for help. */
export function reportError(error: unknown, io: CliIo): number {
  const failure = asCliError(error);
  if (failure === undefined) return 0;
  complain(io, failure.lines);
  if (io.env.FAULTLINE_DEBUG === "1" && error instanceof Error) complain(io, `${error.stack}`.split("\n"));
  return failure.exitCode;
}

/** Undefined for help and version, which commander also ends by throwing. */
function asCliError(error: unknown): CliError | undefined {
  if (error instanceof CliError) return error;
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? undefined : usageError(usageMessage(error.message));
  }
  return new CliError([unexpectedFailure(error)], EXIT_FAILURE);
}

/** One sentence about an error that is a defect of the program. */
export function unexpectedFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const hint = "run again with FAULTLINE_DEBUG=1 for a stack trace";
  return `faultline: unexpected failure: ${message.split("\n")[0]}; ${hint}`;
}

/** The message with which commander ends a command that only has subcommands, such as `rules`, when none is given. */
const NO_SUBCOMMAND = "(outputHelp)";

/** `error: unknown option '--sed'\n(Did you mean --seed?)` -> one sentence with advice. */
function usageMessage(message: string): string {
  if (message === NO_SUBCOMMAND) return "this command needs a subcommand; add --help to list them";
  const [first = "", guess] = message.replace(/^error: /, "").split("\n");
  const advice = guess === undefined ? "see faultline --help" : guess.replace(/^\(D(.*)\)$/, "d$1");
  return `${first.replace(/\.$/, "")}; ${advice}`;
}
