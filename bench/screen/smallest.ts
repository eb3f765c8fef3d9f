import type { Cell, Grid } from "./grid.ts";
import { type Position, shortestMove } from "./moves.ts";
import { DEFAULT_PEN, type Pen, penChange, penOf } from "./pen.ts";

/** The state of the terminal after an update, the start of the next one. */
export interface Left extends Position {
  readonly pen: Pen;
}

export const AT_HOME: Left = { row: 0, column: 0, pen: DEFAULT_PEN };

/** A candidate for the update so far. */
interface Way extends Left {
  readonly text: string;
  readonly cost: number;
}

type Ways = Map<string, Way>;

/** Maximum number of unchanged cells to rewrite instead of moving; more is never shorter. */
const REWRITTEN = 6;
/** An erase sequence is never shorter than this many blanks. */
const ERASED = 4;
/**
 * Candidates that cost this much more than the best one are dropped: any move and any pen change cost less.
 */
const MAX_EXCESS = 40;

const isPlainBlank = (cell: Cell) => cell.text === " " && !cell.pen.marksBlanks;

function keep(ways: Ways, way: Way): void {
  const key = `${way.column}|${way.row}|${way.pen.on}|${way.pen.foreground}|${way.pen.background}`;
  const other = ways.get(key);
  if (other === undefined || way.cost < other.cost) ways.set(key, way);
}

function prune(ways: Ways): Ways {
  const best = Math.min(...[...ways.values()].map((way) => way.cost));
  return new Map([...ways].filter(([, way]) => way.cost <= best + MAX_EXCESS));
}

function go(way: Way, bytes: string, to: Left): Way {
  return { ...to, text: way.text + bytes, cost: way.cost + Buffer.byteLength(bytes) };
}

/** The possible pens of a cell: its own, or for a plain blank any with its background. */
function pensFor(cells: readonly Cell[], at: number, end: number, current: Pen): readonly Pen[] {
  const { pen } = cells[at]!;
  if (!isPlainBlank(cells[at]!)) return [pen];
  const suits = (other: Pen) => other.background === pen.background && !other.marksBlanks;
  if (suits(current)) return [current];
  // The pen of the next text saves a later change.
  const text = cells.slice(at, end).find((cell) => !isPlainBlank(cell));
  return text !== undefined && suits(text.pen) ? [pen, text.pen] : [pen];
}

/** Writes the cells of a row from `from` up to `to`. */
function write(ways: Ways, next: Grid, row: number, from: number, to: number): Ways {
  const start = row * next.columns;
  let now = ways;
  for (let column = from; column < to; column++) {
    const { text } = next.cells[start + column]!;
    const written: Ways = new Map();
    for (const way of now.values()) {
      if (text === "") keep(written, { ...way, column: column + 1 });
      else {
        for (const pen of pensFor(next.cells, start + column, start + next.columns, way.pen)) {
          keep(written, go(way, penChange(way.pen, pen) + text, { row, column: column + 1, pen }));
        }
      }
    }
    now = written;
  }
  return now;
}

/** A range of changed cells; long blanks of one background are a separate range. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly isErasable: boolean;
}

function stretches(previous: Grid, next: Grid, row: number): Stretch[] {
  const start = row * next.columns;
  const differs = (column: number) => next.cells[start + column] !== previous.cells[start + column];
  // The right half of a wide character belongs to its left half.
  const isChanged = (column: number) =>
    column < next.columns &&
    (differs(column) || (column > 0 && next.cells[start + column]!.text === "" && differs(column - 1)));
  const found: Stretch[] = [];
  let textFrom = -1;
  for (let column = 0; column <= next.columns; column++) {
    const cell = next.cells[start + column];
    let blanks = 0;
    while (
      isChanged(column + blanks) &&
      cell &&
      isPlainBlank(cell) &&
      next.cells[start + column + blanks] === cell
    )
      blanks++;
    const isErasable = blanks >= ERASED || (blanks > 0 && isBlankToEnd(next, row, column));
    if (textFrom >= 0 && (isErasable || !isChanged(column))) {
      found.push({ from: textFrom, to: column, isErasable: false });
      textFrom = -1;
    }
    if (isErasable) {
      found.push({ from: column, to: column + blanks, isErasable });
      column += blanks - 1;
    } else if (textFrom < 0 && isChanged(column)) textFrom = column;
  }
  return found;
}

function isBlankToEnd(next: Grid, row: number, column: number): boolean {
  const rest = next.cells.slice(row * next.columns + column, (row + 1) * next.columns);
  return isPlainBlank(rest[0]!) && rest.every((cell) => cell === rest[0]);
}

/**
 * Extends every candidate to positions near the range, then over it by writing or, if it is blank, by
 * erasing.
 */
function cover(ways: Ways, next: Grid, row: number, stretch: Stretch, done: Ways): Ways {
  const covered: Ways = new Map();
  const start = row * next.columns;
  for (let entry = Math.max(0, stretch.from - REWRITTEN); entry <= stretch.from; entry++) {
    const cell = next.cells[start + entry]!;
    if (cell.text === "") continue;
    const entered: Ways = new Map();
    for (const way of ways.values()) {
      const move = shortestMove(way, { row, column: entry }, next.columns);
      keep(entered, go(way, move, { row, column: entry, pen: way.pen }));
    }
    for (const way of write(entered, next, row, entry, stretch.to).values()) keep(covered, way);
    if (!stretch.isErasable || !isPlainBlank(cell)) continue;
    const isBlank = next.cells.slice(start + entry, start + stretch.to).every((one) => one === cell);
    if (!isBlank) continue;
    const eraser = penOf([], "", cell.pen.background);
    const toEnd = isBlankToEnd(next, row, entry);
    for (const way of entered.values()) {
      const pen = way.pen.background === eraser.background ? way.pen : eraser;
      const change = penChange(way.pen, pen);
      if (toEnd) keep(done, go(way, `${change}\x1b[K`, { row, column: entry, pen }));
      else keep(covered, go(way, `${change}\x1b[${stretch.to - entry}X`, { row, column: entry, pen }));
    }
  }
  return covered;
}

/**
 * The smallest update from one screen to another, by dynamic programming over the pen and the cursor: each
 * changed cell is written or erased once, from top to bottom and left to right; moves as in `shortestMove`,
 * or rewritten unchanged cells; the shortest change of pen; EL and ECH for blanks. Not used: scrolling,
 * inserting and deleting, REP, other character sets, and drawing by colour instead of by position.
 * @param left the state after the previous update; pen and cursor stay between updates
 */
export function smallestUpdate(previous: Grid, next: Grid, left: Left): { text: string; left: Left } {
  let ways: Ways = new Map();
  keep(ways, { ...left, text: "", cost: 0 });
  for (let row = 0; row < next.rows; row++) {
    const done: Ways = new Map();
    for (const stretch of stretches(previous, next, row)) ways = prune(cover(ways, next, row, stretch, done));
    // Erased to the end of the row: all changes to the right are done.
    for (const way of done.values()) keep(ways, way);
    if (ways.size > 0) ways = prune(ways);
  }
  const best = [...ways.values()].reduce((one, other) => (other.cost < one.cost ? other : one));
  return { text: best.text, left: best };
}
