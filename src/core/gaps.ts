/** A time in which the monitor itself did not run, ms since the epoch: it was stopped, or the machine slept. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/**
 * How much of the time between two instants was observed, ms. Silence is measured in observed time, so that
 * the monitor's own lateness is never blamed on what it watches.
 * @param gaps in order, not overlapping
 */
export function observedMs(from: number, to: number, gaps: readonly Gap[]): number {
  let observed = to - from;
  for (let nth = gaps.length - 1; nth >= 0 && gaps[nth]!.to > from; nth--) {
    const gap = gaps[nth]!;
    observed -= Math.max(0, Math.min(gap.to, to) - Math.max(gap.from, from));
  }
  return Math.max(0, observed);
}

/** The same time as gaps that are in order and do not overlap. */
export function mergeGaps(gaps: readonly Gap[]): readonly Gap[] {
  const merged: Gap[] = [];
  for (const gap of gaps.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last === undefined || gap.from > last.to) merged.push(gap);
    else if (gap.to > last.to) merged[merged.length - 1] = { from: last.from, to: gap.to };
  }
  return merged;
}
