import { observedMs } from "../core/gaps.ts";
import { type Health, worstHealth } from "../core/health.ts";
import { hasEvidence, isBeyond, levelOf } from "../core/limits.ts";
import type { Level, Limits, Measure, Values } from "../core/measure.ts";
import { formatDuration } from "../core/text.ts";
import { crossingText } from "../measures/limit-text.ts";
import type { EntityReading } from "../measures/reading.ts";

/** The health of an entity and its reasons: one sentence with values for each problem, worst first. */
export interface Assessment {
  readonly health: Health;
  /** Empty if and only if the entity is healthy. */
  readonly reasons: readonly string[];
}

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

/** Assesses one entity. It counts for how many consecutive evaluations a limit has been crossed. */
export class HealthJudge {
  readonly #streaks = new Map<string, Partial<Record<Level, number>>>();

  /** Call once per evaluation, with increasing times. */
  assess(reading: EntityReading): Assessment {
    return assess(reading, (measure, level) => this.#streak(reading, measure, level));
  }

  #streak({ values, limits }: EntityReading, measure: Measure, level: Level): number {
    const streaks = this.#streaks.get(measure.id) ?? {};
    const crossed = isBeyond(measure, values[measure.id]!, limits[measure.id]?.[level]);
    streaks[level] = crossed ? (streaks[level] ?? 0) + 1 : 0;
    this.#streaks.set(measure.id, streaks);
    return streaks[level];
  }
}

/** Health from a single reading, as if every crossed limit had been crossed long enough. Pure. */
export function assessOnce(reading: EntityReading): Assessment {
  return assess(reading, () => Number.POSITIVE_INFINITY);
}

type Streak = (measure: Measure, level: Level) => number;

function assess(reading: EntityReading, streak: Streak): Assessment {
  const { kind, values, limits } = reading;
  const findings: Finding[] = [];
  for (const measure of kind.measures) {
    const own = limits[measure.id];
    if (own === undefined) continue;
    const finding = judge(measure, own, values, streak);
    // What is being waited for comes first: it explains the others.
    if (finding === undefined) continue;
    if (measure.waiting === undefined) findings.push(finding);
    else findings.unshift({ ...finding, reason: waitingText(reading) ?? finding.reason });
  }
  const unknown = whyUnknown(reading);
  if (unknown !== undefined) return { health: "unknown", reasons: [unknown] };
  if (findings.length === 0) return { health: "healthy", reasons: [] };

  const health = worstHealth(findings.map((finding) => finding.level));
  const worstFirst = [
    ...findings.filter(({ level }) => level === health),
    ...findings.filter(({ level }) => level !== health),
  ];
  return { health, reasons: worstFirst.map(({ reason }) => reason) };
}

interface Finding {
  readonly level: Level;
  readonly reason: string;
}

/** The reason for unknown health, or undefined if there is fresh evidence. */
function whyUnknown(reading: EntityReading): string | undefined {
  const { lastSeenAt, at, windowMs, kind, values, limits, gaps } = reading;
  if (lastSeenAt === undefined) return "no data yet";
  const silentMs = observedMs(lastSeenAt, at, gaps);
  if (silentMs > staleAfterMs(reading)) return `no data for ${formatDuration(silentMs)}`;
  if (kind.measures.some((measure) => isEvidence(measure, values, limits[measure.id]))) return undefined;
  const waiting = waitingText(reading);
  if (waiting !== undefined) return waiting;
  return `only signs of life, no values in ${formatDuration(windowMs)}`;
}

/** "probe outstanding for 4s, none answered yet"; undefined while nothing is waited for. */
function waitingText({ kind, values, lifeSigns }: EntityReading): string | undefined {
  const waiting = kind.measures.find(({ id, waiting }) => waiting !== undefined && values[id]! > 0);
  if (waiting === undefined) return undefined;
  const wasAnswered = lifeSigns.some(({ lastSeenAt }) => lastSeenAt !== undefined);
  const lasting = `${waiting.waiting} for ${formatDuration(values[waiting.id]!)}`;
  return wasAnswered ? lasting : `${lasting}, none answered yet`;
}

/**
 * Signs of life show that an entity runs, not how well. A count of zero shows nothing. Waits that are not over
 * show only trouble.
 */
function isEvidence(measure: Measure, values: Values, limits: Limits | undefined): boolean {
  const { id, read, oneSided } = measure;
  const value = values[id];
  if (value === undefined || Number.isNaN(value)) return false;
  if (oneSided || isOnlyWaits(measure, values)) return levelOf(measure, value, limits, values) !== undefined;
  return value !== 0 || read.type !== "statistic" || !["count", "rate"].includes(read.stat);
}

/** Whether all samples of a measure are lower bounds. */
function isOnlyWaits({ lowerBounds, samples }: Measure, values: Values): boolean {
  return lowerBounds !== undefined && samples !== undefined && values[lowerBounds]! >= values[samples]!;
}

function judge(measure: Measure, limits: Limits, values: Values, streak: Streak): Finding | undefined {
  const value = values[measure.id]!;
  const { sustained = 1 } = measure;
  // Count every streak, also if another level applies now: it must not restart when that level ends.
  const lasting: Partial<Record<Level, number>> = {};
  for (const level of Object.keys(limits) as Level[]) {
    if (sustained === 1 || streak(measure, level) >= sustained) lasting[level] = limits[level]!;
  }
  const level = levelOf(measure, value, lasting, values);
  if (level === undefined) return undefined;
  return {
    level,
    reason: crossingText(measure, value, limits[level]!) + evidenceText(measure, limits, values),
  };
}

/** Shown when a worse level was crossed with too little evidence. */
function evidenceText(measure: Measure, limits: Limits, values: Values): string {
  const { evidence } = measure;
  if (evidence === undefined) return "";
  const weak = (Object.keys(limits) as Level[]).some((level) => !hasEvidence(measure, level, values));
  return weak ? ` (${evidence.measure}: ${values[evidence.measure]})` : "";
}
