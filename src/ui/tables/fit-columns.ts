/** Columns between two cells of a table. */
export const GAP = 2;

/** A column that a table can do without. */
export interface Fitting {
  /** Columns on screen. */
  readonly width: number;
  /** Which column stays longest when space is scarce: the lowest. */
  readonly priority: number;
}

/**
 * The columns that fit into `room`, each with a gap before it, the most important first; in the order given.
 * @param reserve how much must stay free beside so many columns
 * @returns the columns, and the room that is left
 */
export function fitColumns<Column extends Fitting>(
  columns: readonly Column[],
  room: number,
  reserve: (chosen: number) => number = () => 0,
): { readonly cells: readonly Column[]; readonly left: number } {
  const chosen = new Set<Column>();
  let left = room;
  for (const column of columns.toSorted((a, b) => a.priority - b.priority)) {
    if (left - (GAP + column.width) < reserve(chosen.size)) break;
    chosen.add(column);
    left -= GAP + column.width;
  }
  return { cells: columns.filter((column) => chosen.has(column)), left };
}
