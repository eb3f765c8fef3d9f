const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** A length of time in config spelling. */
export const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** "250ms", "1.5s", "2m", "1h", "1d" -> ms; undefined if the text is not a duration. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text.trim());
  return match ? Number(match[1]) * UNIT_MS[match[2]!]! : undefined;
}

/** ms -> "7d", "2m", "1.5s", "250ms": in the largest suitable unit, in config spelling. */
export function durationText(ms: number): string {
  for (const [unit, size] of Object.entries(UNIT_MS).toReversed()) {
    const isWhole = ms % size === 0 || (unit !== "d" && (ms * 10) % size === 0);
    if (ms >= size && isWhole) return `${ms / size}${unit}`;
  }
  return `${ms}ms`;
}
