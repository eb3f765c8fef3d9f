/** Limits on how often and how much is written to a terminal; undefined: unlimited. */
export interface Pace {
  /** Updates per second. */
  readonly maxFps?: number | undefined;
  /** Kilobits (1,000 bits) per second. */
  readonly maxKbps?: number | undefined;
}

/** The minimum time from an update of `bytes` to the next, ms. */
export function pauseAfter({ maxFps, maxKbps }: Pace, bytes: number): number {
  const forFrames = maxFps === undefined ? 0 : 1000 / maxFps;
  // Bits / (kilobits per second) = milliseconds.
  const forBytes = maxKbps === undefined ? 0 : (bytes * 8) / maxKbps;
  return Math.max(forFrames, forBytes);
}
