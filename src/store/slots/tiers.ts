/** How finely the past is kept, and for how long. */
export interface Tier {
  /** Length of a slot, ms; a whole multiple of the finer tier's. */
  readonly slotMs: number;
  /** ms; at least three slots of the next coarser tier. */
  readonly keepMs: number;
}

const FINEST_KEPT_MS = 15 * 60_000;
const COARSER: readonly Tier[] = [
  { slotMs: 10_000, keepMs: 4 * 3_600_000 },
  { slotMs: 60_000, keepMs: 48 * 3_600_000 },
];
/** From long to short; each divides a second and the coarser slots. */
const FINEST_SLOTS_MS = [1000, 500, 250, 200, 125, 100];

/**
 * The tiers for a monitor whose ticks are multiples of `tickMs` since the epoch, from fine to coarse. The longest of
 * some handy slots that divides the tick is the finest: a window that is read at a tick then ends there exactly. A
 * tick that none divides has the shortest: its windows end up to a slot before it.
 */
export function tiersFor(tickMs: number): readonly Tier[] {
  const slotMs = FINEST_SLOTS_MS.find((slot) => tickMs % slot === 0) ?? FINEST_SLOTS_MS.at(-1)!;
  return [{ slotMs, keepMs: FINEST_KEPT_MS }, ...COARSER];
}

/** The tiers for ticks of whole seconds. */
export const TIERS: readonly Tier[] = tiersFor(1000);

/** What all series and tiers together may take, bytes. */
export interface StoreLimits {
  /** Of histograms, from which percentiles come: of each tier the oldest go first. */
  readonly histogramBytes: number;
  /** Of counts, sums and extremes: then the oldest slots of a tier go, and a coarser one answers for them. */
  readonly rowBytes: number;
  /** Of gauges and counters: the more there are, the less far back each reaches. */
  readonly scalarBytes: number;
  /** Of the worst published values: as for gauges. */
  readonly worstBytes: number;
  /** Failures of all entities, in rows of one reason in one slot: who has the most loses the oldest. */
  readonly failures: number;
}

export const LIMITS: StoreLimits = {
  histogramBytes: 256 * 2 ** 20,
  rowBytes: 512 * 2 ** 20,
  scalarBytes: 128 * 2 ** 20,
  worstBytes: 48 * 2 ** 20,
  failures: 100_000,
};

/** What one tier of an archive may hold. */
export interface TierLimit {
  /** Of histograms, which go first; counts, sums and extremes stay. */
  readonly histogramBytes: number;
  /** Of everything else; then whole slots go. */
  readonly rowBytes: number;
  /** So many of the newest slots are kept in any case: coarser ones are made of them. */
  readonly leastSlots: number;
}

/** A coarser slot is made of this many times its length of finer slots at most, before it can answer itself. */
const COARSE_SLOTS_BEHIND = 3;

/** Of either budget each tier may take half of what the finer ones have left: the newest is asked for most. */
export function limitsOf(
  tiers: readonly Tier[],
  limits: Pick<StoreLimits, "histogramBytes" | "rowBytes">,
): TierLimit[] {
  const coarsest = tiers.at(-1)!;
  return tiers.map(({ slotMs }, nth) => {
    const share = 0.5 ** (nth + 1);
    return {
      histogramBytes: limits.histogramBytes * share,
      rowBytes: limits.rowBytes * share,
      leastSlots: Math.ceil((COARSE_SLOTS_BEHIND * coarsest.slotMs) / slotMs),
    };
  });
}
