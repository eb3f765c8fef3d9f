/** So many irregular stretches of ticks are kept: each sleep and each change of the tick begins another. */
const MOST_RUNS = 10_000;
const MOST_COMMANDS = 10_000;

interface Run {
  readonly first: number;
  last: number;
  readonly periodMs: number;
  /** The number of its first tick. */
  readonly number: number;
}

/** What was published last by an instant. Times are ms since the epoch. */
export interface Published {
  /** The tick: what was measured and judged is of this instant. */
  readonly tickAt: number;
  readonly tick: number;
  /** The instant of the snapshot: a command after the tick published another. */
  readonly at: number;
  /** Whether the next tick was missed: nothing is known about the time since. */
  readonly inGap: boolean;
}

/** When snapshots were published: regular ticks take no memory, however many there are. */
export class TickLog {
  #runs: Run[] = [];
  #commands: number[] = [];

  /** @param at ms since the epoch, rising. @param number of the tick, from 1 */
  tick(at: number, number: number, periodMs: number): void {
    const run = this.#runs.at(-1);
    if (run !== undefined && run.periodMs === periodMs && at === run.last + periodMs) {
      run.last = at;
      return;
    }
    this.#runs.push({ first: at, last: at, periodMs, number });
    if (this.#runs.length > 2 * MOST_RUNS) this.#runs = this.#runs.slice(-MOST_RUNS);
  }

  /** A command was published. */
  command(at: number): void {
    this.#commands.push(at);
    if (this.#commands.length > 2 * MOST_COMMANDS) this.#commands = this.#commands.slice(-MOST_COMMANDS);
  }

  /** Undefined before the first tick that is kept. */
  lastBy(at: number): Published | undefined {
    const run = this.#runs[lastIndex(this.#runs, at, ({ first }) => first)];
    if (run === undefined) return undefined;
    const { first, last, periodMs, number } = run;
    const passed = Math.min((last - first) / periodMs, Math.floor((at - first) / periodMs));
    const tickAt = first + passed * periodMs;
    const command = this.#commands[lastIndex(this.#commands, at, (each) => each)] ?? tickAt;
    return { tickAt, tick: number + passed, at: Math.max(tickAt, command), inGap: at - tickAt >= periodMs };
  }
}

/** The index of the last item whose instant is not after `at`, in items that are sorted by it; -1: none. */
export function lastIndex<T>(items: readonly T[], at: number, instant: (item: T) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (instant(items[middle]!) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
