import type { Random } from "../../core/random.ts";

/** Whether a phase is active at an instant (ms since the epoch). To be called with rising times. */
export type Episodes = (at: number) => boolean;

/**
 * Phases at random: the pause before each is exponentially distributed, so they are independent of each other;
 * the length is uniform from 0.5 to 1.5 times the mean.
 * @param everyMs mean time from the end of a phase to the start of the next, ms
 * @param lastsMs mean length of a phase, ms
 */
export function createEpisodes(random: Random, everyMs: number, lastsMs: number): Episodes {
  let start = Number.NaN;
  let end = Number.NaN;

  const arrange = (from: number) => {
    start = from + random.exponential(everyMs);
    end = start + lastsMs * (0.5 + random.next());
  };

  return (at) => {
    if (Number.isNaN(start)) arrange(at);
    while (at >= end) arrange(end);
    return at >= start;
  };
}
