import { middle } from "../measure.ts";
import { inOwnProcess } from "./child.ts";
import type { Plan } from "./plan.ts";

/** So long do windows fill, and the compiler learns, before a second counts. */
export const WARM_UP_SECONDS = 64;

/** What the seconds of one load cost: medians, and the longest one after the warm-up, which is a stall. */
export interface TickCosts {
  /** ms of closing a second. */
  readonly advance: number;
  readonly longestAdvance: number;
  /** ms of asking every service for its last 60 s. */
  readonly stats: number;
  readonly longestStats: number;
  readonly recordNs: number;
  /** Of one service, by the store's own account, at the end. */
  readonly bytes: number;
  /** The whole process, its 12 MB of input included. */
  readonly rssMb: number;
  /** us of one question each: 120 points of p99, a window that is not kept running, the fleet over 60 s. */
  readonly nowAndThen: { readonly series: number; readonly window: number; readonly fleet: number };
}

function median(all: readonly TickCosts[], of: (costs: TickCosts) => number): number {
  return middle(all.map(of));
}

/** Each of several runs is a process of its own; medians of their figures, of the longest ones too. */
export function medianCosts(all: readonly TickCosts[]): TickCosts {
  return {
    advance: median(all, (one) => one.advance),
    longestAdvance: median(all, (one) => one.longestAdvance),
    stats: median(all, (one) => one.stats),
    longestStats: median(all, (one) => one.longestStats),
    recordNs: median(all, (one) => one.recordNs),
    bytes: median(all, (one) => one.bytes),
    rssMb: median(all, (one) => one.rssMb),
    nowAndThen: {
      series: median(all, (one) => one.nowAndThen.series),
      window: median(all, (one) => one.nowAndThen.window),
      fleet: median(all, (one) => one.nowAndThen.fleet),
    },
  };
}

/** Measures one load in a process of its own. */
export function tickCosts(services: number, perSecond: number, { seconds, runs }: Plan): TickCosts {
  return inOwnProcess("tick-child.ts", [services, perSecond, seconds, runs]) as TickCosts;
}
