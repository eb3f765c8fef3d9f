import type { Random } from "../../core/random.ts";

/** Whether a phase is active at an instant (ms since the epoch). Call with increasing times. */
export type Episodes = (at: number) => boolean;

/**
 * Random phases: the pauses are exponentially distributed, so phases are independent; lengths are uniform
 * from 0.5 to 1.5 times the mean.
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
