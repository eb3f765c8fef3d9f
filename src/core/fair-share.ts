/**
 * The greatest whole share such that all together, each limited to it, take no more than `room`; at least 1. Infinity
 * when there is room for all of them.
 */
export function fairShare(sizes: readonly number[], room: number): number {
  const rising = [...sizes].sort((a, b) => a - b);
  let left = room;
  for (const [nth, size] of rising.entries()) {
    const share = Math.floor(left / (rising.length - nth));
    if (size > share) return Math.max(1, share);
    left -= size;
  }
  return Number.POSITIVE_INFINITY;
}
