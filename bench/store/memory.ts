import { inOwnProcess } from "./child.ts";
import type { Contender } from "./contenders/types.ts";

/** Of one series, bytes. */
export interface Memory {
  readonly bytes: number;
  /** By the library's own account. */
  readonly ownBytes?: number;
}

/**
 * The memory of one series among `count`: what the heap and the external memory of a fresh process grow by,
 * each time after a collection of garbage, divided by their number.
 * For a native histogram, which Node does not count, it is resident memory, rounded up to pages of 4 kB.
 */
export function measureMemory({ name }: Contender, count: number): Memory {
  return inOwnProcess("memory-child.ts", [name, count]) as Memory;
}
