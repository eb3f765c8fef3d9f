import type { ChartMemory } from "./view.ts";

/** Enough for all charts and sparklines of a large screen at a few zoom levels. */
const MAX_ENTRIES = 512;

interface Entry {
  readonly generation: number;
  readonly value: object;
}

/** Keeps at most `most` values; the least recently used ones are dropped first. */
export function createChartMemory(most: number = MAX_ENTRIES): ChartMemory {
  // In order of use: a Map iterates in insertion order.
  const entries = new Map<string, Entry>();
  return {
    remember<T extends object>(entity: string, generation: number, key: string, make: () => T): T {
      const id = `${entity}\0${key}`;
      const known = entries.get(id);
      const isValid = known !== undefined && known.generation === generation;
      const value = isValid ? (known.value as T) : make();
      entries.delete(id);
      entries.set(id, isValid ? known : { generation, value });
      if (entries.size > most) entries.delete(entries.keys().next().value!);
      return value;
    },
  };
}
