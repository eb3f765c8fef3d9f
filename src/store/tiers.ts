/** How finely the past is kept, and for how long. */
export interface Tier {
  /** Length of a slot, ms; a whole multiple of the finer tier's. */
  readonly slotMs: number;
  /** ms; at least three slots of the next coarser tier. */
  readonly keepMs: number;
}

/** From fine to coarse. */
export const TIERS: readonly Tier[] = [
  { slotMs: 1000, keepMs: 15 * 60_000 },
  { slotMs: 10_000, keepMs: 4 * 3_600_000 },
  { slotMs: 60_000, keepMs: 48 * 3_600_000 },
];

/** What the latency histograms of all services and tiers may take together unless told otherwise, bytes. */
export const HISTOGRAM_BYTES = 256 * 2 ** 20;

/** How many bytes of histograms a ring may hold. Shared and changed from outside: it depends on the number of services. */
export interface ByteLimit {
  bytes: number;
}

/** Of the bytes for histograms, each tier may take half of what the finer ones have left. */
const SHARE = 0.5;
/** A service's histograms get this much in any case: some minutes of a busy service. */
const LEAST_BYTES = 16_384;

/** What a service may keep of histograms in each tier, when `services` share `bytes`. */
export function setLimits(limits: readonly ByteLimit[], bytes: number, services: number): void {
  let share = bytes / Math.max(1, services);
  for (const limit of limits) {
    share *= SHARE;
    limit.bytes = Math.max(LEAST_BYTES, Math.floor(share));
  }
}
