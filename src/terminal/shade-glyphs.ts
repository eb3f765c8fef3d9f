const UNICODE: readonly string[] = [..." ░▒▓█"];
const ASCII: readonly string[] = [..." .:*#"];

/** Five shades of one column each, from nothing to full; told by density, so they need no colour. */
export function shadesFor(unicode: boolean): readonly string[] {
  return unicode ? UNICODE : ASCII;
}
