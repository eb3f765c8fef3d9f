import leven from "leven";

/** With more words than this, guessing is slow and rarely right. */
const MAX_WORDS = 1000;

/** No known word is this long, and comparing takes time in proportion to both lengths. */
const MAX_LETTERS = 200;

/** The known word that was most likely meant; undefined if none is close enough. */
export function closestWord(word: string, known: Iterable<string>): string | undefined {
  if (word.length > MAX_LETTERS) return undefined;
  const typed = word.toLowerCase();
  // With more than a third of the letters wrong, a suggestion is not helpful.
  let best = Math.max(1, Math.ceil(typed.length / 3));
  let closest: string | undefined;
  for (const candidate of known) {
    const distance = leven(typed, candidate.toLowerCase(), { maxDistance: best + 1 });
    if (distance < best || (distance === best && closest === undefined)) {
      best = distance;
      closest = candidate;
    }
  }
  return closest ?? beginning(typed, known);
}

/** An abbreviation ("pay" for "payment-service") has a large edit distance but is still clear. */
function beginning(typed: string, known: Iterable<string>): string | undefined {
  if (typed.length < 3) return undefined;
  const matches = [...known].filter((candidate) => candidate.toLowerCase().startsWith(typed));
  return matches.length === 1 ? matches[0] : undefined;
}

/** The end of a sentence about an unknown word: `; did you mean "x"?`, or the words to choose from. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const words = [...known];
  if (words.length > MAX_WORDS) return "";
  const closest = closestWord(word, words);
  if (closest !== undefined) return `; did you mean "${closest}"?`;
  if (words.length === 0) return "";
  // A long list would hide the message.
  const shown = words.slice(0, 12).join(", ");
  return `; choose one of ${shown}${words.length > 12 ? ` and ${words.length - 12} more` : ""}`;
}
