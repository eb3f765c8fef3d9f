/** The gap between two cells of a table, in columns. */
export const GAP = 2;

/** An optional column of a table. */
export interface Fitting {
  /** Width in terminal columns. */
  readonly width: number;
  /** The column with the lowest priority is hidden last. */
  readonly priority: number;
}

/**
 * The columns that fit into `space`, each with a gap before it, chosen by priority, in the given order.
 * @param reserve the width to keep free for a given number of columns
 * @returns the columns and the remaining width
 */
export function fitColumns<Column extends Fitting>(
  columns: readonly Column[],
  space: number,
  reserve: (chosen: number) => number = () => 0,
): { readonly cells: readonly Column[]; readonly left: number } {
  const chosen = new Set<Column>();
  let left = space;
  for (const column of columns.toSorted((a, b) => a.priority - b.priority)) {
    if (left - (GAP + column.width) < reserve(chosen.size)) break;
    chosen.add(column);
    left -= GAP + column.width;
  }
  return { cells: columns.filter((column) => chosen.has(column)), left };
}
