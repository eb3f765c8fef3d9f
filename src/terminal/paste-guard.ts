const PASTE_START = "\x1b[200~";
const PASTE_END = "\x1b[201~";
const CONTROL_C = "\x03";

/** More than any filter, name or command needs. In UTF-16 units. */
const LONGEST_PASTE = 16_384;

/**
 * Ink tells pasted text from keys by itself, but collects a paste for as long as it goes on: one that is
 * huge would fill the memory, one whose end mark got lost would swallow every key that follows. The guard
 * cuts a paste that is too long, and takes Ctrl-C typed during one as its end.
 * @returns a function that takes the chunks of input as they come and gives what is to be passed on
 */
export function createPasteGuard(longest: number = LONGEST_PASTE): (chunk: string) => string {
  let isPasting = false;
  let room = 0;
  /** The end of what went before, where the beginning of a mark may stand. */
  let before = "";
  /** The beginning of what may be the end mark, held back. Nobody waits for it: a paste acts as a whole. */
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
    room = longest;
    before = "";
    return chunk.slice(0, chunk.length - rest.length) + guardPaste(rest);
  }

  function guardPaste(chunk: string): string {
    if (chunk === CONTROL_C) return endPaste("", chunk);
    const seen = held + chunk;
    const end = seen.indexOf(PASTE_END);
    if (end !== -1) return endPaste(seen.slice(0, end), seen.slice(end + PASTE_END.length));
    held = beginningOf(PASTE_END, seen);
    const text = seen.slice(0, seen.length - held.length).slice(0, room);
    room -= text.length;
    return text;
  }

  function endPaste(text: string, rest: string): string {
    isPasting = false;
    held = "";
    return text.slice(0, room) + PASTE_END + guardKeys(rest);
  }

  return (chunk) => (isPasting ? guardPaste(chunk) : guardKeys(chunk));
}

/** The longest end of a text that is a beginning of the mark. */
function beginningOf(mark: string, text: string): string {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(mark.slice(0, length))) return mark.slice(0, length);
  }
  return "";
}
