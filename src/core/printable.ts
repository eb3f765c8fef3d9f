/**
 * Line breaks, escape codes and invisible characters, which would garble a screen or make two names look the
 * same. Unicode calls most invisible ones default-ignorable (Hangul fillers, joiners, selectors). The rest are
 * spaces of other widths, characters that are drawn blank (an empty braille pattern, a note without a head), and
 * code points that will never be characters.
 */
const GARBLING = [
  String.raw`\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}`,
  String.raw`\u00A0\u1680\u2000-\u200A\u202F\u205F\u2800\u3000\u{1D159}`,
].join("");

/**
 * Where such a character is a part of an emoji: a joiner between two pictograms, the presentation selector of a
 * pictogram or keycap, the tags of a flag. Lookbehinds, so that every character matches in one way only: a
 * pattern of whole emoji would take exponential time to refuse a long text.
 */
const IN_EMOJI = [
  String.raw`(?<=\p{Extended_Pictographic}\uFE0F?\p{Emoji_Modifier}?)\u200D(?=\p{Extended_Pictographic})`,
  String.raw`(?<=\p{Extended_Pictographic})[\uFE0E\uFE0F]`,
  String.raw`(?<=[0-9#*])\uFE0F(?=\u20E3)`,
  String.raw`(?<=\u{1F3F4}[\u{E0020}-\u{E007E}]{0,8})[\u{E0020}-\u{E007F}]`,
].join("|");

/** Text without garbling characters except inside emoji. A mark that nothing carries is invisible, too. */
export const PRINTABLE = new RegExp(`^(?!\\p{M})(?:[^${GARBLING}]|${IN_EMOJI})*$`, "u");

/** The error message for other text. */
export const UNPRINTABLE = "must not contain line breaks, control characters or invisible characters";

const GARBLED = new RegExp(`(?!${IN_EMOJI})[${GARBLING}]`, "gu");

/** In UTF-16 units; a message quotes what a user typed, which can be of any length. */
const LONGEST_MESSAGE = 1_000;

/**
 * One line of a message that can be written to any terminal: each character that would garble it is replaced
 * by "?", and what is too long is cut. Messages quote command lines and file names.
 */
export function printable(line: string, longest: number = LONGEST_MESSAGE): string {
  const cut = line.length > longest ? `${line.slice(0, longest)}...` : line;
  return cut.replace(GARBLED, "?");
}
