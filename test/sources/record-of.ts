import type { Recorder } from "../../src/core/observation.ts";

/** One call of a recorder: its name, then its arguments without the time. */
export type Entry = readonly [call: keyof Recorder, ...args: unknown[]];

export interface RecordOf extends Recorder {
  /** Everything recorded, in order; latencies of requests are left out, as they are measured. */
  readonly entries: Entry[];
  readonly latencies: number[];
  /** The instants of all calls, ms since the epoch. */
  readonly times: number[];
  /** Resolves with the entries once `count` requests have been recorded, and what belongs to the last of them. */
  requests(count: number): Promise<Entry[]>;
}

/** A recorder that remembers, for tests of sources. */
export function createRecord(): RecordOf {
  const entries: Entry[] = [];
  const latencies: number[] = [];
  const times: number[] = [];
  let waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  function add(at: number, ...entry: Entry): void {
    times.push(at);
    entries.push(entry);
  }

  return {
    entries,
    latencies,
    times,
    request(at, latencyMs, ok, error) {
      latencies.push(latencyMs);
      add(at, "request", ok, error);
      const due = waiting.filter(({ count }) => count <= latencies.length);
      waiting = waiting.filter(({ count }) => count > latencies.length);
      // The heartbeat and the check of a probe are recorded on the same stack, before this runs.
      for (const { resolve } of due) queueMicrotask(resolve);
    },
    check: (at, pass, reason) => add(at, "check", pass, reason),
    heartbeat: (at) => add(at, "heartbeat"),
    gauge: (at, name, value) => add(at, "gauge", name, value),
    async requests(count) {
      if (latencies.length < count) {
        await new Promise<void>((resolve) => waiting.push({ count, resolve }));
      }
      return entries;
    },
  };
}
