import { EXIT_FAILURE, EXIT_USAGE } from "./errors.ts";
import { STATUS_EXIT_CODES } from "./status-line.ts";

/** The flags that may stand before the command and are followed by a value. */
const FLAGS_WITH_VALUE = ["--config", "--seed"];

/** The command that a command line names, also if the rest of it is wrong; undefined if it names none. */
export function namedCommand(argv: readonly string[]): string | undefined {
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index]!;
    if (FLAGS_WITH_VALUE.includes(word)) index += 1;
    else if (!word.startsWith("-")) return word;
  }
  return undefined;
}

/**
 * The exit codes of a command line that fails. The codes 1 and 2 of `status` mean degraded and critical: after
 * any failure its code is 3, unknown, as with monitoring plugins.
 */
export function failureCodes(argv: readonly string[]): { readonly usage: number; readonly failure: number } {
  if (namedCommand(argv) !== "status") return { usage: EXIT_USAGE, failure: EXIT_FAILURE };
  const { unknown } = STATUS_EXIT_CODES;
  return { usage: unknown, failure: unknown };
}
