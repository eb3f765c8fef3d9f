import type { ExponentialHistogram } from "@opentelemetry/sdk-metrics";

/**
 * A percentile (nearest rank) of OpenTelemetry's exponential histogram of positive numbers. Bucket n holds
 * base^n < value <= base^(n + 1) with base = 2^(2^-scale), from the data model's specification. Answered is
 * the harmonic mean of the edges, whose relative error is equal at both, within the extremes.
 */
export function exponentialPercentile(histogram: ExponentialHistogram, percent: number): number {
  const { count, zeroCount, scale, positive, min = 0, max = Number.POSITIVE_INFINITY } = histogram;
  const rank = Math.max(1, Math.ceil((percent * count) / 100));
  let upTo = zeroCount;
  if (upTo >= rank) return 0;
  let bucket = -1;
  while (upTo < rank) upTo += positive.bucketCounts[++bucket]!;
  const low = 2 ** ((positive.offset + bucket) * 2 ** -scale);
  const high = 2 ** ((positive.offset + bucket + 1) * 2 ** -scale);
  return Math.min(max, Math.max(min, (2 * low * high) / (low + high)));
}
