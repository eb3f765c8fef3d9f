/** The cursor position, 0-based. `column` equals the width after the last column was written. */
export interface Position {
  readonly row: number;
  readonly column: number;
}

const TAB = 8;

function shortest(...ways: readonly string[]): string {
  return ways.reduce((best, way) => (way.length < best.length ? way : best));
}

const csi = (count: number, final: string) => `\x1b[${count === 1 ? "" : count}${final}`;

function right(from: number, to: number): string {
  if (to === from) return "";
  const tabs = Math.floor(to / TAB) - Math.floor(from / TAB);
  const rest = to % TAB;
  const viaTabs = "\t".repeat(tabs) + (rest === 0 ? "" : csi(rest, "C"));
  return tabs === 0 ? csi(to - from, "C") : shortest(csi(to - from, "C"), viaTabs);
}

function sideways(from: number, to: number): string {
  const absolute = csi(to + 1, "G");
  const fromStart = `\r${right(0, to)}`;
  if (to >= from) return shortest(right(from, to), absolute, fromStart);
  return shortest("\b".repeat(from - to), csi(from - to, "D"), absolute, fromStart);
}

function downwards(from: number, to: number): string {
  if (to === from) return "";
  if (to < from) return shortest(csi(from - to, "A"), csi(to + 1, "d"));
  return shortest("\n".repeat(to - from), csi(to - from, "B"), csi(to + 1, "d"));
}

function anywhere({ row, column }: Position): string {
  if (column === 0) return row === 0 ? "\x1b[H" : `\x1b[${row + 1}H`;
  return `\x1b[${row === 0 ? "" : row + 1};${column + 1}H`;
}

const moves = new Map<number, string>();

/**
 * The shortest cursor move: absolute (CUP, CHA, VPA), relative (CUU, CUD, CUF, CUB, backspace,
 * line feed), from the start of the line (CR), by tab stops of 8 columns. A line feed keeps the column.
 */
export function shortestMove(from: Position, to: Position, width: number): string {
  const key = ((from.row * 1024 + from.column) * 1024 + to.row) * 1024 + to.column;
  let bytes = moves.get(key);
  if (bytes === undefined) {
    bytes = move(from, to, width);
    moves.set(key, bytes);
  }
  return bytes;
}

function move(from: Position, to: Position, width: number): string {
  if (from.row === to.row && from.column === to.column) return "";
  const vertical = downwards(from.row, to.row);
  const ways = [anywhere(to), `\r${vertical}${right(0, to.column)}`];
  // After the last column terminals differ in the start of relative moves.
  if (from.column < width) ways.push(vertical + sideways(from.column, to.column));
  return shortest(...ways);
}
