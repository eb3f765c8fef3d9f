/** More ticks than fit on a screen say nothing more. */
const MOST = 500;

/** The numbers of "95 50, 10"; a sentence for text that is no number. The last word may be incomplete: "-". */
export function parseValues(text: string): readonly number[] | string {
  const words = text.split(/[\s,]+/).filter(Boolean);
  const isTyping = words.length > 0 && /^[-+.]$/.test(words.at(-1)!);
  const complete = isTyping ? words.slice(0, -1) : words;
  if (complete.length > MOST) return `at most ${MOST} values`;
  const wrong = complete.find((word) => !Number.isFinite(Number(word)));
  if (wrong !== undefined) return `"${wrong}" is not a number; write values such as 95 50 10`;
  return complete.map(Number);
}
