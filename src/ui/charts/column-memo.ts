import type { Snapshot } from "../../monitor/types.ts";

type History = Snapshot["history"];
type Buckets = ReturnType<History["distribution"]>;

interface Memo {
  readonly key: string;
  readonly columns: Map<number, Buckets>;
}

/** Seconds are closed by then, and a closed one never changes. */
const SETTLED_AFTER_MS = 2000;

/** For each store the columns drawn last. */
const memos = new WeakMap<History, Memo>();

/**
 * The latency distributions of the steps of `stepMs` that end at `ends`. A step that is over is asked for
 * once: steps lie on a fixed grid, so all but the newest were there in the painting before, and a hundred of
 * them cost more than all else on the screen.
 * @param source where the service's observations come from: with another one the past is another
 * @param now the newest instant there is
 */
export function distributionColumns(
  history: History,
  { name, source }: { readonly name: string; readonly source: string },
  stepMs: number,
  ends: readonly number[],
  now: number,
): readonly Buckets[] {
  const key = JSON.stringify([name, source, stepMs]);
  const last = memos.get(history);
  const known = last?.key === key ? last.columns : new Map<number, Buckets>();
  const kept = new Map<number, Buckets>();
  const columns = ends.map((end) => {
    const buckets = known.get(end) ?? history.distribution(name, stepMs, end);
    if (end <= now - SETTLED_AFTER_MS) kept.set(end, buckets);
    return buckets;
  });
  memos.set(history, { key, columns: kept });
  return columns;
}
