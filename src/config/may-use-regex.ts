/** A matcher with =~ or !~, or a name pattern that begins with a slash. */
const REGEX = /[=!]~|\bname["']?\s*:\s*["']?\//;

/** Whether a text may contain regular expressions: their engine is large, and most configs need none. */
export function mayUseRegex(text: string): boolean {
  return REGEX.test(text);
}
