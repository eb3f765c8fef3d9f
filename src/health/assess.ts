import { type Health, worstHealth } from "../core/health.ts";
import { hasEvidence, isBeyond, levelOf } from "../core/limits.ts";
import type { Level, Limits, Measure, Values } from "../core/measure.ts";
import { formatDuration, formatUnit, unitSign } from "../core/text.ts";
import type { EntityReading } from "../measures/reading.ts";

/** The health of an entity and the reasons: one sentence with numbers for each problem, the worst first. */
export interface Assessment {
  readonly health: Health;
  /** Empty exactly when the entity is healthy. */
  readonly reasons: readonly string[];
}

/** An entity may be silent for this long, ms, or for three observations of its origin if those take longer. */
const DEFAULT_STALE_MS = 5_000;
const DEFAULT_STALE_OBSERVATIONS = 3;

/** For how long an entity may be silent before it is unknown, ms. */
export function staleAfterMs({
  staleAfterMs: own,
  cadenceMs,
}: Pick<EntityReading, "staleAfterMs" | "cadenceMs">) {
  return own ?? Math.max(DEFAULT_STALE_MS, DEFAULT_STALE_OBSERVATIONS * cadenceMs);
}

/** Judges one entity. It remembers for how many evaluations in a row a limit has been crossed. */
export class HealthJudge {
  readonly #streaks = new Map<string, Partial<Record<Level, number>>>();

  /** Call it once per evaluation, with rising times. */
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

/** Health from one reading alone, as if every crossed limit had been crossed for long enough. Pure. */
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
    if (finding !== undefined) findings.push(finding);
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

/** The sentence that says why nothing is known, or undefined when there is fresh evidence. */
function whyUnknown(reading: EntityReading): string | undefined {
  const { lastSeenAt, at, windowMs, kind, values } = reading;
  if (lastSeenAt === undefined) return "no data yet";
  if (at - lastSeenAt > staleAfterMs(reading)) return `no data for ${formatDuration(at - lastSeenAt)}`;
  if (kind.measures.some((measure) => isEvidence(measure, values[measure.id]))) return undefined;
  return `only signs of life, no values in ${formatDuration(windowMs)}`;
}

/** A bare sign of life says that something runs, not how well; and that nothing was counted says even less. */
function isEvidence({ read }: Measure, value: number | undefined): boolean {
  if (value === undefined || Number.isNaN(value)) return false;
  return value !== 0 || read.type !== "statistic" || !["count", "rate"].includes(read.stat);
}

function judge(measure: Measure, limits: Limits, values: Values, streak: Streak): Finding | undefined {
  const value = values[measure.id]!;
  const { sustained = 1 } = measure;
  // Streaks are counted also where another level decides: they must not begin anew when it no longer does.
  const lasting: Partial<Record<Level, number>> = {};
  for (const level of Object.keys(limits) as Level[]) {
    if (sustained === 1 || streak(measure, level) >= sustained) lasting[level] = limits[level]!;
  }
  const level = levelOf(measure, value, lasting, values);
  if (level === undefined) return undefined;
  return {
    level,
    reason: limitReason(measure, value, limits[level]!) + evidenceText(measure, limits, values),
  };
}

/** "p99 1,020 ms over 1,000 ms" */
export function limitReason({ title, unit, worse, decimals }: Measure, value: number, limit: number): string {
  const sign = unitSign(unit);
  const withSign = (text: string) => (sign === "" ? text : `${text} ${sign}`);
  const shown = withSign(formatUnit(value, unit, unit === "percent" ? (decimals ?? 1) : decimals));
  // Two decimals are enough for a limit and hide that 0.07 * 100 is 7.000000000000001.
  const percent = unit === "ratio" ? limit * 100 : limit;
  const isPercent = unit === "ratio" || unit === "percent";
  const limitText = withSign(isPercent ? String(Number(percent.toFixed(2))) : formatUnit(limit, unit));
  return `${title} ${shown} ${worse === "down" ? "under" : "over"} ${limitText}`;
}

/** A worse level may have been crossed on too little evidence: that deserves a word. */
function evidenceText(measure: Measure, limits: Limits, values: Values): string {
  const { evidence } = measure;
  if (evidence === undefined) return "";
  const weak = (Object.keys(limits) as Level[]).some((level) => !hasEvidence(measure, level, values));
  return weak ? ` (${evidence.measure}: ${values[evidence.measure]})` : "";
}
