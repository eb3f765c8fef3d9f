/** An unknown column or row, from which only absolute moves are safe. */
export const UNKNOWN = -1;

/**
 * The shortest codes that move the cursor from one position to another (0-based columns and rows, or
 * UNKNOWN). Uses only what all terminals since the VT100 do alike: no line feed without a carriage return,
 * because its effect on the column depends on the terminal driver.
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
  const absolute = shorter(`\r${moveRight(0, toX)}`, `\x1b[${toX + 1}G`);
  if (fromX === UNKNOWN) return absolute;
  return shorter(fromX < toX ? moveRight(fromX, toX) : moveLeft(fromX - toX), absolute);
}

function moveLeft(by: number): string {
  return by < 5 ? "\b".repeat(by) : `\x1b[${by}D`;
}

/** Terminals have a tab stop at every eighth column by default, and a tab is a single byte. */
const TAB_STOP = 8;

function moveRight(fromX: number, toX: number): string {
  const tabs = Math.floor(toX / TAB_STOP) - Math.floor(fromX / TAB_STOP);
  const steps = forward(toX - fromX);
  return tabs > 0 ? shorter("\t".repeat(tabs) + forward(toX % TAB_STOP), steps) : steps;
}

function forward(by: number): string {
  return by === 0 ? "" : `\x1b[${by === 1 ? "" : by}C`;
}

function shorter(first: string, second: string): string {
  return first.length <= second.length ? first : second;
}
