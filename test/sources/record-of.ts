import type { Labels, Recorder, RequestRecorder } from "../../src/core/observation.ts";

/** One observation: what it is, then its arguments without the time; of a labelled request the labels come last. */
export type Entry = readonly [call: Exclude<keyof Recorder, "labelled">, ...args: unknown[]];

export interface RecordOf extends Recorder {
  /** Everything recorded, in order; latencies of requests are left out, as they are measured. */
  readonly entries: Entry[];
  readonly latencies: number[];
  /** The labels that a recorder was asked for, one entry for each time. */
  readonly labelSets: Labels[];
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
  const labelSets: Labels[] = [];
  let waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  function add(at: number, ...entry: Entry): void {
    times.push(at);
    entries.push(entry);
  }

  const requestsOf = (...labels: Labels[]): RequestRecorder => ({
    request(at, latencyMs, ok, error) {
      latencies.push(latencyMs);
      add(at, "request", ok, error, ...labels);
      const due = waiting.filter(({ count }) => count <= latencies.length);
      waiting = waiting.filter(({ count }) => count > latencies.length);
      // The heartbeat and the check of a probe are recorded on the same stack, before this runs.
      for (const { resolve } of due) queueMicrotask(resolve);
    },
  });

  return {
    entries,
    latencies,
    times,
    labelSets,
    ...requestsOf(),
    labelled(labels) {
      labelSets.push(labels);
      return requestsOf(labels);
    },
    check: (at, pass, reason) => add(at, "check", pass, reason),
    heartbeat: (at) => add(at, "heartbeat"),
    gauge: (at, name, value) => add(at, "gauge", name, value),
    count: (at, name, by) => add(at, "count", name, by),
    async requests(count) {
      if (latencies.length < count) {
        await new Promise<void>((resolve) => waiting.push({ count, resolve }));
      }
      return entries;
    },
  };
}
