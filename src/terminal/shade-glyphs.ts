const UNICODE: readonly string[] = [..." ░▒▓█"];
const ASCII: readonly string[] = [..." .:*#"];

/** Five shades of one column each, from empty to full. They differ in density, so they need no colour. */
export function shadesFor(unicode: boolean): readonly string[] {
  return unicode ? UNICODE : ASCII;
}
