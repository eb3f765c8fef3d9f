import type { EntitySnapshot, History } from "../../monitor/types.ts";
import type { View } from "../view.ts";

export type Buckets = ReturnType<History["distribution"]>;
export type Bucket = Buckets[number];

/** Final steps, by their ends. */
interface Memo {
  columns: Map<number, Buckets>;
}

/** After this time seconds are closed and do not change. */
const SETTLED_AFTER_MS = 2000;

/**
 * The distributions of a measure in the steps of `stepMs` that end at `ends`. A completed step is read once:
 * steps are on a fixed grid, so the previous paint already had all but the newest, and reading a hundred
 * would cost more than the rest of the screen.
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
