import { blankGrid, changedCells, type Grid, readGrid } from "./grid.ts";
import { type Chunk, COLUMNS, createTerminal, ROWS } from "./recording.ts";
import { AT_HOME, smallestUpdate } from "./smallest.ts";

/** Output after a pause of this length is a new redraw, ms. */
const SILENCE_MS = 100;

export interface Redraw {
  readonly bytes: number;
  /** Cells that changed. */
  readonly changed: number;
  /** Bytes of the smallest update with the same result. */
  readonly smallest: number;
}

type Terminal = ReturnType<typeof createTerminal>;

const send = (terminal: Terminal, data: string | Uint8Array) =>
  new Promise<void>((resolve) => terminal.write(data, resolve));

function bursts(chunks: readonly Chunk[]): Chunk[][] {
  const all: Chunk[][] = [];
  let lastAt = Number.NEGATIVE_INFINITY;
  for (const chunk of chunks) {
    if (chunk.at - lastAt > SILENCE_MS) all.push([]);
    all.at(-1)!.push(chunk);
    lastAt = chunk.at;
  }
  return all;
}

/** A terminal that receives only the smallest updates, to verify them. */
async function shadowOf(grid: Grid) {
  const terminal = createTerminal();
  // As in full-screen programs: the last column must not wrap.
  await send(terminal, "\x1b[?7l");
  let shown = blankGrid(COLUMNS, ROWS);
  let left = AT_HOME;
  const follow = async (next: Grid) => {
    const update = smallestUpdate(shown, next, left);
    await send(terminal, update.text);
    const reached = readGrid(terminal);
    if (changedCells(reached, next) > 0) throw new Error("the smallest update does not produce the screen");
    shown = next;
    left = update.left;
    return Buffer.byteLength(update.text);
  };
  await follow(grid);
  return follow;
}

/** Replays a recording and measures each redraw that started between two instants (ms). */
export async function measureRedraws(chunks: readonly Chunk[], from: number, to: number): Promise<Redraw[]> {
  const terminal = createTerminal();
  const all = bursts(chunks);
  for (const { data } of all.filter((burst) => burst[0]!.at < from).flat()) await send(terminal, data);
  let before = readGrid(terminal);
  const follow = await shadowOf(before);
  const redraws: Redraw[] = [];
  for (const burst of all.filter((one) => one[0]!.at >= from && one[0]!.at < to)) {
    for (const { data } of burst) await send(terminal, data);
    const after = readGrid(terminal);
    const bytes = burst.reduce((sum, { data }) => sum + data.byteLength, 0);
    redraws.push({ bytes, changed: changedCells(before, after), smallest: await follow(after) });
    before = after;
  }
  return redraws;
}
