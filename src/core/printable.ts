/** Line breaks, escape codes and invisible characters would garble every screen. */
export const PRINTABLE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u;

/** The error message for other text. */
export const UNPRINTABLE = "must not contain line breaks, control characters or invisible characters";

/** In UTF-16 units; a message quotes what a user typed, which can be of any length. */
const LONGEST_MESSAGE = 1_000;

/**
 * One line of a message that can be written to any terminal: each character that would garble it is replaced
 * by "?", and what is too long is cut. Messages quote command lines and file names.
 */
export function printable(line: string, longest: number = LONGEST_MESSAGE): string {
  const cut = line.length > longest ? `${line.slice(0, longest)}...` : line;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "?");
}
