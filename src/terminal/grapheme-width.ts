import { eastAsianWidth } from "get-east-asian-width";

/**
 * Columns of one grapheme, by the rules of string-width 9; the tests compare both. That package creates a
 * segmenter on import, which takes longer than drawing the first frame.
 */
export function graphemeWidth(grapheme: string): number {
  const first = grapheme.codePointAt(0);
  if (first === undefined) return 0;
  if (grapheme.length === (first > 0xffff ? 2 : 1)) return codePointWidth(first, grapheme);
  return clusterWidth(grapheme, first);
}

/** Characters such as the Arabic number sign, which are drawn over the digits that follow. */
const PREPENDED = /^[\u0600-\u0605\u06dd\u0890\u0891\u08e2\u{110bd}\u{110cd}]+/u;
const VISIBLE =
  /[^\p{Default_Ignorable_Code_Point}\p{Control}\p{Enclosing_Mark}\p{Nonspacing_Mark}[\p{Format}--[\u0600-\u0605\u06dd\u0890\u0891\u08e2\u{110bd}\u{110cd}]]]/v;
const ZERO_WIDTH_JOINER = "\u200d";

function codePointWidth(codePoint: number, character: string): number {
  // An unpaired regional indicator is shown as a wide symbol.
  if (codePoint >= 0x1f1e6 && codePoint <= 0x1f1ff) return 2;
  return VISIBLE.test(character) ? eastAsianWidth(codePoint) : 0;
}

function clusterWidth(cluster: string, first: number): number {
  const signs = PREPENDED.exec(cluster)?.[0];
  if (signs !== undefined) return signedWidth(signs, cluster.slice(signs.length));

  const start = cluster.search(VISIBLE);
  if (start === -1) return 0;
  // A syllable block is as wide as the first of its letters, which may be an invisible filler.
  if (isHangul(first)) return eastAsianWidth(first) + swatchColumns(cluster, 1);

  const visible = cluster.slice(start);
  // The text style of an emoji.
  if (/^[\p{Emoji_Presentation}--[\u{10000}-\u{10ffff}]]\ufe0e/v.test(visible)) return 1;
  const emoji = leadingEmoji(visible);
  if (emoji !== undefined) return 2 + swatchColumns(visible, emoji.length);
  const joined = /\u200d\p{Extended_Pictographic}/u.exec(visible);
  if (joined) return 2 + swatchColumns(visible, joined.index + joined[0].length);
  return sumOfParts(visible);
}

/** One column per sign, unless the glyph after them is wide and includes them. */
function signedWidth(signs: string, rest: string): number {
  const width = graphemeWidth(rest);
  const visible = rest.slice(Math.max(0, rest.search(VISIBLE)));
  const isWide =
    width >= 2 &&
    (eastAsianWidth(visible.codePointAt(0)!) === 2 ||
      leadingEmoji(visible) !== undefined ||
      /\u200d\p{Extended_Pictographic}/u.test(visible));
  return isWide ? width : [...signs].length + width;
}

/** The emoji, flag or keycap at the start. */
function leadingEmoji(visible: string): string | undefined {
  return /^(?:\p{RGI_Emoji}|\p{Regional_Indicator}{1,2}|[\d#*]\ufe0f)/v.exec(visible)?.[0];
}

/** A skin tone after a character without skin is shown as a colour swatch, two columns wide. */
function swatchColumns(cluster: string, from: number): number {
  if (from >= cluster.length) return 0;
  const swatch = /(?<![\p{Emoji_Modifier_Base}\u200d])\p{Emoji_Modifier}/gu;
  swatch.lastIndex = from;
  let columns = 0;
  while (swatch.test(cluster)) columns += 2;
  return columns;
}

/** Spacing marks also count; characters after a joiner do not. */
function sumOfParts(visible: string): number {
  let columns = 0;
  for (const character of visible) {
    if (character === ZERO_WIDTH_JOINER) break;
    if (VISIBLE.test(character)) columns += eastAsianWidth(character.codePointAt(0)!);
  }
  return columns;
}

function isHangul(codePoint: number): boolean {
  return (
    (codePoint >= 0x1100 && codePoint <= 0x11ff) ||
    (codePoint >= 0xa960 && codePoint <= 0xa97c) ||
    (codePoint >= 0xac00 && codePoint <= 0xd7a3) ||
    (codePoint >= 0xd7b0 && codePoint <= 0xd7c6) ||
    (codePoint >= 0xd7cb && codePoint <= 0xd7fb)
  );
}
