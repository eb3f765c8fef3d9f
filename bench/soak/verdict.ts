/** What is measured once a minute. */
export interface Sample {
  /** Minutes since the start. */
  readonly minute: number;
  /** Resident memory and the used JavaScript heap, MB. */
  readonly rss: number;
  readonly heap: number;
  /** Open descriptors. */
  readonly descriptors: number;
  /** Ticks that were due in this minute and did not take place. */
  readonly lateTicks: number;
  /** Rows of the screen that differ from those of a full redraw. */
  readonly wrongRows: number;
}

export interface Verdict {
  /** Sentences about what is wrong; empty if nothing is. */
  readonly problems: readonly string[];
  /** Of the resident memory after the warm-up, MB per hour. */
  readonly slope: number;
}

/**
 * In which memory may still grow: a share of the run, and until the finest history, of 15 minutes, is complete; in short
 * runs their first half.
 */
const WARM_UP_SHARE = 0.2;
const HISTORY_MINUTES = 15;
/** Growth of the resident memory after the warm-up that counts, MB. */
const MOST_GROWTH = 12;
const MOST_NEW_DESCRIPTORS = 4;

/** The least-squares slope of y over x. 0 for fewer than two points. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  if (!(spread > 0)) return 0;
  return points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
}

/** Whether a run leaves anything behind that would end it some day. */
export function judge(samples: readonly Sample[]): Verdict {
  const last = samples.at(-1)?.minute ?? 0;
  const from = Math.max(WARM_UP_SHARE * last, Math.min(HISTORY_MINUTES, last / 2));
  const warm = samples.filter(({ minute }) => minute > from);
  const perMinute = slopeOf(warm.map(({ minute, rss }) => [minute, rss]));
  const growth = warm.length < 2 ? 0 : perMinute * (last - warm[0]!.minute);
  const problems: string[] = [];
  if (growth > MOST_GROWTH)
    problems.push(`resident memory grew by ${growth.toFixed(1)} MB after the warm-up`);
  const more = warm.length < 2 ? 0 : warm.at(-1)!.descriptors - warm[0]!.descriptors;
  if (more > MOST_NEW_DESCRIPTORS) problems.push(`${more} more descriptors are open`);
  const wrong = samples.reduce((sum, { wrongRows }) => sum + wrongRows, 0);
  if (wrong > 0) problems.push(`${wrong} rows of the screen were wrong`);
  return { problems, slope: 60 * perMinute };
}
