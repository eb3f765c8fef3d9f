import type { EntitySnapshot, History } from "../../monitor/types.ts";
import type { View } from "../view.ts";

export type Buckets = ReturnType<History["distribution"]>;
export type Bucket = Buckets[number];

/** Steps that will not change any more, by their ends. */
interface Memo {
  columns: Map<number, Buckets>;
}

/** Seconds are closed by then, and a closed one never changes. */
const SETTLED_AFTER_MS = 2000;

/**
 * The distributions of a measure in the steps of `stepMs` that end at `ends`. A step that is over is read once:
 * steps lie on a fixed grid, so all but the newest were there in the painting before, and a hundred of them
 * cost more than all else on the screen.
 */
export function distributionColumns(
  { history, live, memory }: Pick<View, "history" | "live" | "memory">,
  { name, origin }: Pick<EntitySnapshot, "name" | "origin">,
  measure: string,
  stepMs: number,
  ends: readonly number[],
): readonly Buckets[] {
  const key = JSON.stringify(["distribution", origin, measure, stepMs]);
  const memo = memory.remember(name, history.generation(name), key, (): Memo => ({ columns: new Map() }));
  const kept = new Map<number, Buckets>();
  const columns = ends.map((end) => {
    const buckets = memo.columns.get(end) ?? history.distribution(name, measure, stepMs, end);
    if (end <= live.at - SETTLED_AFTER_MS) kept.set(end, buckets);
    return buckets;
  });
  memo.columns = kept;
  return columns;
}
