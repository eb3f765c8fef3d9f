import { observedMs } from "../core/gaps.ts";
import { type Health, worstHealth } from "../core/health.ts";
import { isBeyond, levelOf } from "../core/limits.ts";
import { LEVELS, type Level, type Limits, type Measure, type Values } from "../core/measure.ts";
import { formatDuration } from "../core/text.ts";
import type { Crossing } from "../measures/crossing.ts";
import { type JudgeState, judgeOnce, LimitJudge } from "../measures/limit-judge.ts";
import { crossingText } from "../measures/limit-text.ts";
import type { EntityReading } from "../measures/reading.ts";
import { staleAfterMs } from "../measures/silence.ts";

/** The health of an entity and its reasons: one sentence with values for each problem, worst first. */
export interface Assessment {
  readonly health: Health;
  /** Empty if and only if the entity is healthy. */
  readonly reasons: readonly string[];
  /** The levels that make it unhealthy, by measure; empty also where it is unknown. */
  readonly levels: Levels;
}

/** The level that applies to each measure that has one. Plain data; see `reasonsOf`. */
export type Levels = Readonly<Record<string, Crossing>>;

const NO_LEVELS: Levels = {};
const HEALTHY: Assessment = { health: "healthy", reasons: [], levels: NO_LEVELS };

/** Assesses one entity, evaluation after evaluation. */
export class HealthJudge {
  readonly #judge = new LimitJudge();

  /** Call once per evaluation, with increasing times. */
  assess(reading: EntityReading): Assessment {
    return assess(reading, (measure, limits) => this.#judge.judge(reading, measure, { limits }).level);
  }

  /** The verdict on each measure of the last evaluation, for rules. */
  get crossings(): ReadonlyMap<string, Crossing> {
    return this.#judge.crossings;
  }

  /** What the next evaluation depends on. Plain data. */
  state(): JudgeState {
    return this.#judge.state();
  }
}

/** Health from a single reading, as if every crossed limit had been crossed long enough. Pure. */
export function assessOnce(reading: EntityReading): Assessment {
  return assess(reading, (measure, limits) => judgeOnce(reading, measure, limits).level);
}

/**
 * The reasons for the levels of an assessment with the values of a reading, worst first. What is being waited for comes
 * before the others: it explains them.
 */
export function reasonsOf(
  reading: Pick<EntityReading, "kind" | "values" | "limits" | "lifeSigns">,
  levels: Levels,
): readonly string[] {
  const { kind, values, limits } = reading;
  const findings = kind.measures.flatMap((measure): Finding[] => {
    const crossing = levels[measure.id];
    const own = limits[measure.id];
    if (crossing === undefined || own === undefined) return [];
    const finding = findingOf(measure, own, values, crossing);
    const waiting = measure.waiting === undefined ? undefined : waitingText(reading);
    return [waiting === undefined ? finding : { ...finding, reason: waiting }];
  });
  const isWaited = ({ reason }: Finding) => reason === waitingText(reading);
  findings.sort((a, b) => Number(isWaited(b)) - Number(isWaited(a)));
  const health = worstHealth(findings.map(({ level }) => level));
  return [
    ...findings.filter(({ level }) => level === health),
    ...findings.filter(({ level }) => level !== health),
  ].map(({ reason }) => reason);
}

function assess(
  reading: EntityReading,
  judge: (measure: Measure, limits: Limits) => Crossing | undefined,
): Assessment {
  const { kind, limits } = reading;
  let levels: Record<string, Crossing> | undefined;
  for (const measure of kind.measures) {
    const own = limits[measure.id];
    if (own === undefined) continue;
    const crossing = judge(measure, own);
    if (crossing === undefined) continue;
    levels ??= {};
    levels[measure.id] = crossing;
  }
  const unknown = whyUnknown(reading);
  if (unknown !== undefined) return { health: "unknown", reasons: [unknown], levels: NO_LEVELS };
  if (levels === undefined) return HEALTHY;
  return {
    health: worstHealth(Object.values(levels).map(({ level }) => level)),
    reasons: reasonsOf(reading, levels),
    levels,
  };
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
function waitingText({
  kind,
  values,
  lifeSigns,
}: Pick<EntityReading, "kind" | "values" | "lifeSigns">): string | undefined {
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
  // What is usual was seen before.
  if (value === undefined || Number.isNaN(value) || read.type === "usual") return false;
  if (oneSided || isOnlyWaits(measure, values)) return levelOf(measure, value, limits, values) !== undefined;
  return value !== 0 || read.type !== "statistic" || !["count", "rate"].includes(read.stat);
}

/** Whether all samples of a measure are lower bounds. */
function isOnlyWaits({ lowerBounds, samples }: Measure, values: Values): boolean {
  return lowerBounds !== undefined && samples !== undefined && values[lowerBounds]! >= values[samples]!;
}

function findingOf(measure: Measure, limits: Limits, values: Values, crossing: Crossing): Finding {
  const { level } = crossing;
  const text = crossingText(measure, values[measure.id]!, limits, crossing);
  return { level, reason: text + evidenceText(measure, limits, values, level) };
}

/** Shown when a worse level was crossed with too little evidence. */
function evidenceText(measure: Measure, limits: Limits, values: Values, level: Level): string {
  const { proportion } = measure;
  const worse = LEVELS[LEVELS.indexOf(level) + 1];
  if (proportion === undefined || worse === undefined) return "";
  const isWeak = isBeyond(measure, values[measure.id]!, limits[worse]);
  return isWeak ? ` (${proportion.of}: ${values[proportion.of]})` : "";
}
