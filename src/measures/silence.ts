import { observedMs } from "../core/gaps.ts";
import type { EntityReading } from "./reading.ts";

/** How long an entity may be silent, ms; at least three observations of its origin. */
const DEFAULT_STALE_MS = 5_000;
const DEFAULT_STALE_OBSERVATIONS = 3;

/** How long an entity may be silent before it is unknown, ms; at least until a slow observation has ended. */
export function staleAfterMs({
  staleAfterMs: own,
  cadenceMs,
  timeoutMs = 0,
}: Pick<EntityReading, "staleAfterMs" | "cadenceMs" | "timeoutMs">) {
  return own ?? Math.max(DEFAULT_STALE_MS, DEFAULT_STALE_OBSERVATIONS * cadenceMs, cadenceMs + timeoutMs);
}

/** How long a sign has been missing, ms. Time in which the monitor did not run does not count. */
export function silenceMs({ at, watchedSince, gaps }: EntityReading, lastAt: number | undefined): number {
  return observedMs(Math.max(lastAt ?? watchedSince, watchedSince), at, gaps);
}

/** Whether nothing has been observed of an entity for so long that it is unknown. */
export function isStale(reading: EntityReading): boolean {
  return silenceMs(reading, reading.lastSeenAt) > staleAfterMs(reading);
}
