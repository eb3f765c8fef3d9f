/**
 * Assigns a row to each label, as near as possible to the row in which its line ends. Labels for the same
 * row are placed below each other in the given order.
 * @param wanted the preferred row from the top for each label, not rounded; NaN if the line has no end
 * @param rows number of rows, at least the number of labels
 * @returns a distinct row for each label
 */
export function spreadLabels(wanted: readonly number[], rows: number): readonly number[] {
  const last = rows - 1;
  const rounded = wanted.map((row) =>
    Number.isNaN(row) ? last : Math.max(0, Math.min(last, Math.round(row))),
  );
  const order = rounded.map((_, label) => label).sort((a, b) => rounded[a]! - rounded[b]! || a - b);
  const placed = new Array<number>(wanted.length);
  let free = 0;
  for (const label of order) {
    placed[label] = Math.max(free, rounded[label]!);
    free = placed[label]! + 1;
  }
  // Move labels up that were pushed beyond the last row.
  let ceiling = last;
  for (const label of order.toReversed()) {
    placed[label] = Math.min(ceiling, placed[label]!);
    ceiling = placed[label]! - 1;
  }
  return placed;
}
