import { stripVTControlCharacters } from "node:util";
import { graphemeWidth } from "./grapheme-width.ts";

/**
 * Characters of one UTF-16 unit that are a grapheme whatever precedes them, unless a mark or a selector
 * follows: Latin, Greek, Cyrillic, punctuation, arrows, lines, blocks, symbols, braille, kana, Han, Hangul
 * syllables, private use. All others take the slow path through the grapheme segmenter.
 */
const STANDS_ALONE =
  /^[ -~\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u2bff\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\ue000-\uf8ff\uff01-\uff9d]$/;

/** Wide characters on which terminals agree; emoji are wide in some and narrow in others. */
const AGREED_WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]$/u;
const LEADING_CHARACTER = /^(.)(?:(?!\p{Variation_Selector})\p{Mn})*$/su;

const UNKNOWN = 255;
const simpleWidths = new Uint8Array(0x10000).fill(UNKNOWN);

/**
 * Columns (1 or 2) of a UTF-16 unit that is a grapheme on its own; 0 if it needs the segmenter. Two such
 * characters in a row never join.
 */
export function simpleWidth(unit: number): number {
  const known = simpleWidths[unit]!;
  if (known !== UNKNOWN) return known;
  const character = String.fromCharCode(unit);
  const width = STANDS_ALONE.test(character) && isPredictable(character) ? graphemeWidth(character) : 0;
  simpleWidths[unit] = width;
  return width;
}

/**
 * Whether terminals agree on the columns of a grapheme. They differ on emoji, flags, joined sequences,
 * variation selectors and scripts with spacing marks; after those the cursor position is uncertain.
 */
export function isPredictable(grapheme: string): boolean {
  const character = LEADING_CHARACTER.exec(grapheme)?.[1];
  if (character === undefined) return false;
  const width = graphemeWidth(character);
  if (width === 2) return AGREED_WIDE.test(character);
  return width === 1 && character.codePointAt(0)! < 0x1f000;
}

/** The most columns any terminal may take for a grapheme: the sum over its parts. */
export function widestReading(grapheme: string): number {
  let columns = 0;
  for (const character of grapheme) columns += graphemeWidth(character);
  return Math.max(columns, graphemeWidth(grapheme));
}

let segmenter: Intl.Segmenter | undefined;

/**
 * User-perceived characters. Created on demand: the segmenter takes milliseconds to create, and most screens
 * never need it.
 */
export function* graphemesOf(text: string): Generator<string> {
  segmenter ??= new Intl.Segmenter();
  for (const { segment } of segmenter.segment(text)) yield segment;
}

/** The width of a text on a terminal, in columns; escape sequences have none. */
export function widthOf(text: string): number {
  let columns = 0;
  for (let index = 0; index < text.length; index++) {
    const width = simpleWidth(text.charCodeAt(index));
    if (width === 0) return segmentedWidth(text);
    columns += width;
  }
  return columns;
}

function segmentedWidth(text: string): number {
  let columns = 0;
  for (const grapheme of graphemesOf(stripVTControlCharacters(text))) columns += graphemeWidth(grapheme);
  return columns;
}
