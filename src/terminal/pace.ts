/** How often, and how much, a terminal may be written to; undefined: as it comes. */
export interface Pace {
  /** Updates a second. */
  readonly maxFps?: number | undefined;
  /** Kilobits a second (1,000 bits), as links are measured. */
  readonly maxKbps?: number | undefined;
}

/** How long after an update of `bytes` the next may follow, ms. */
export function pauseAfter({ maxFps, maxKbps }: Pace, bytes: number): number {
  const forFrames = maxFps === undefined ? 0 : 1000 / maxFps;
  // Bits over kilobits a second are milliseconds.
  const forBytes = maxKbps === undefined ? 0 : (bytes * 8) / maxKbps;
  return Math.max(forFrames, forBytes);
}
