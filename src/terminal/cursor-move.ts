/** A column or row that is not known, so that only absolute moves are safe. */
export const UNKNOWN = -1;

/**
 * The shortest codes that bring the cursor from one place to another (0-based columns and rows, UNKNOWN
 * where it is not known). Only what every terminal since the VT100 does alike is used; no line feed
 * without a carriage return, because whether it returns depends on the terminal's driver.
 */
export function moveCursor(fromX: number, fromY: number, toX: number, toY: number): string {
  const absolute = `\x1b[${toY > 0 ? toY + 1 : ""}${toX > 0 ? `;${toX + 1}` : ""}H`;
  if (fromY === UNKNOWN) return absolute;
  const sideways = moveSideways(fromX, toX);
  if (fromY === toY) return sideways;

  const down = toY - fromY;
  const steps = Math.abs(down) === 1 ? "" : Math.abs(down);
  const relative = `\x1b[${steps}${down > 0 ? "B" : "A"}${sideways}`;
  let best = relative.length < absolute.length ? relative : absolute;
  if (down > 0 && down < 4) {
    const lines = "\r\n".repeat(down) + moveSideways(0, toX);
    if (lines.length < best.length) best = lines;
  }
  return best;
}

/** The same within a row. */
function moveSideways(fromX: number, toX: number): string {
  if (fromX === toX) return "";
  if (toX === 0) return "\r";
  const absolute = `\x1b[${toX + 1}G`;
  if (fromX === UNKNOWN) return absolute;
  if (toX < fromX) {
    const back = fromX - toX;
    if (back < 5) return "\b".repeat(back);
    return shorter(`\x1b[${back}D`, absolute);
  }
  const forward = toX - fromX;
  return shorter(`\x1b[${forward === 1 ? "" : forward}C`, absolute);
}

function shorter(first: string, second: string): string {
  return first.length <= second.length ? first : second;
}
