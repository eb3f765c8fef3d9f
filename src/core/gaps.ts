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
