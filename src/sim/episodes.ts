import type { Random } from "../core/random.ts";

/** Is a phase going on at this instant (ms since the epoch)? Asked with rising times. */
export type Episodes = (at: number) => boolean;

/**
 * Phases that come by themselves, like bad weather: the pause before each is exponentially distributed
 * (they know nothing of each other), its length is uniform from half to one and a half of the mean.
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
