/**
 * In which row each label stands, when each wants the row in which its line ends: labels that want the same
 * row stand below each other, in the order in which they are given, as near to their lines as they can.
 * @param wanted a row from the top for each label, not rounded; NaN where the line has no end
 * @param rows rows from the top; at least as many as there are labels
 * @returns a row for each label, all different
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
  // Those that were pushed beyond the ground push back.
  let ceiling = last;
  for (const label of order.toReversed()) {
    placed[label] = Math.min(ceiling, placed[label]!);
    ceiling = placed[label]! - 1;
  }
  return placed;
}
