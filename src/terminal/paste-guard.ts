const PASTE_START = "\x1b[200~";
const PASTE_END = "\x1b[201~";
const CONTROL_C = "\x03";

/** In UTF-16 units; more than any filter, name or command needs. */
const LONGEST_PASTE = 16_384;

/**
 * Ink separates pasted text from keys, but buffers a paste without limit: a huge one would fill the memory,
 * and one without an end mark would swallow all later keys. The guard cuts a paste that is too long, and
 * ends a paste on Ctrl-C.
 * @returns a function that takes chunks of input and returns the text to pass on
 */
export function createPasteGuard(longest: number = LONGEST_PASTE): (chunk: string) => string {
  let isPasting = false;
  let remaining = 0;
  /** The end of the previous chunk, which may contain the start of a mark. */
  let before = "";
  /**
   * A possible start of the end mark, held back. This causes no delay, because a paste is handled as a whole.
   */
  let held = "";

  function guardKeys(chunk: string): string {
    const seen = before + chunk;
    const start = seen.indexOf(PASTE_START);
    if (start === -1) {
      before = seen.slice(-(PASTE_START.length - 1));
      return chunk;
    }
    const rest = seen.slice(start + PASTE_START.length);
    isPasting = true;
    remaining = longest;
    before = "";
    return chunk.slice(0, chunk.length - rest.length) + guardPaste(rest);
  }

  function guardPaste(chunk: string): string {
    if (chunk === CONTROL_C) return endPaste("", chunk);
    const seen = held + chunk;
    const end = seen.indexOf(PASTE_END);
    if (end !== -1) return endPaste(seen.slice(0, end), seen.slice(end + PASTE_END.length));
    held = prefixAtEnd(PASTE_END, seen);
    const text = seen.slice(0, seen.length - held.length).slice(0, remaining);
    remaining -= text.length;
    return text;
  }

  function endPaste(text: string, rest: string): string {
    isPasting = false;
    held = "";
    return text.slice(0, remaining) + PASTE_END + guardKeys(rest);
  }

  return (chunk) => (isPasting ? guardPaste(chunk) : guardKeys(chunk));
}

/** The longest suffix of a text that is a prefix of the mark. */
function prefixAtEnd(mark: string, text: string): string {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(mark.slice(0, length))) return mark.slice(0, length);
  }
  return "";
}
