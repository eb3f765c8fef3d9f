/** Whether a pattern matches a whole text: `*` stands for any characters, `?` for one. Case counts. */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let next = 0;
  /** Where to continue when the newest `*` takes one character more. */
  let star = -1;
  let taken = 0;
  while (at < text.length) {
    if (pattern[next] === "*") {
      star = next;
      taken = at;
      next += 1;
    } else if (pattern[next] === "?" || pattern[next] === text[at]) {
      next += 1;
      at += 1;
    } else if (star >= 0) {
      taken += 1;
      at = taken;
      next = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[next] === "*") next += 1;
  return next === pattern.length;
}
