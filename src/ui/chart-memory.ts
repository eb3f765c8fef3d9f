import type { ChartMemory } from "./view.ts";

/** Enough for all charts and sparklines of a large screen at a few zoom levels. */
const MAX_ENTRIES = 512;
/**
 * Values of a chart that was not drawn in this many frames are dropped: those of another entity, zoom level or
 * size of the screen. A window that is dragged has hundreds of sizes.
 */
const KEPT_FRAMES = 16;

interface Entry {
  readonly generation: number;
  readonly value: object;
  /** The newest frame that used it. */
  frame: number;
}

/** The chart cache of one session. The session calls `nextFrame` before each frame. */
export interface OwnedChartMemory extends ChartMemory {
  nextFrame(): void;
}

/** Keeps at most `most` values that were used lately; the least recently used ones are dropped first. */
export function createChartMemory(most: number = MAX_ENTRIES): OwnedChartMemory {
  // In order of use: a Map iterates in insertion order.
  const entries = new Map<string, Entry>();
  let frame = 0;
  return {
    nextFrame() {
      frame += 1;
      for (const [id, entry] of entries) {
        if (frame - entry.frame <= KEPT_FRAMES) break;
        entries.delete(id);
      }
    },
    remember<T extends object>(entity: string, generation: number, key: string, make: () => T): T {
      const id = `${entity}\0${key}`;
      const known = entries.get(id);
      const isValid = known !== undefined && known.generation === generation;
      const entry = isValid ? known : { generation, value: make(), frame };
      entry.frame = frame;
      entries.delete(id);
      entries.set(id, entry);
      if (entries.size > most) entries.delete(entries.keys().next().value!);
      return entry.value as T;
    },
  };
}
