import type { Alert } from "../core/alert.ts";
import { type Health, healthRank } from "../core/health.ts";
import type { Measure } from "../core/measure.ts";
import type { ActiveFault } from "../faults/types.ts";
import type { FaultCard } from "./types.ts";

/** Ended faults whose reports are listed. */
export const KEPT_ENDED = 50;

/** The state of an entity at a tick, as a report needs it. */
export interface Condition {
  readonly health: Health;
  /** The value of a measure; NaN if unknown. */
  value(measure: string): number;
}

export type ConditionOf = (entity: string) => Condition;

/** A new fault to report on. */
export interface OpenedFault {
  readonly fault: ActiveFault;
  readonly label: string;
  /** The name of the operator. */
  readonly by: string;
  /** The measure that its card shows. */
  readonly measure: Pick<Measure, "id" | "worse">;
  /** The measures it affects, most direct first. */
  readonly moves: readonly string[];
  /** The entities it may affect. */
  readonly affected: Iterable<string>;
  /** The window of the entity's values, ms: values reflect a fault for this long after its end. */
  readonly windowMs: number;
}

/** A card and its baseline. */
interface Report {
  card: FaultCard;
  readonly moves: readonly string[];
  readonly worse: Measure["worse"];
  /**
   * The health of the entity and its affected at injection. They are recovered when it is no worse than this.
   */
  readonly before: ReadonlyMap<string, Health>;
  readonly windowMs: number;
  wasWorse: boolean;
}

/** Tracks each fault: its effects, its detection by alerts, and the recovery. */
export class FaultReports {
  #reports: Report[] = [];
  #listed: readonly FaultCard[] = [];
  readonly #changed: (card: FaultCard, at: number) => void;

  /** @param changed called for each change of a card, with the instant of the change */
  constructor(changed: (card: FaultCard, at: number) => void) {
    this.#changed = changed;
  }

  /** @param condition the current state of the entities, before the fault has an effect */
  opened(
    { fault, label, by, measure, moves, affected, windowMs }: OpenedFault,
    condition: ConditionOf,
  ): void {
    const before = new Map<string, Health>();
    for (const entity of [fault.entity, ...affected]) before.set(entity, condition(entity).health);
    const value = condition(fault.entity).value(measure.id);
    const card: FaultCard = {
      id: fault.id,
      entity: fault.entity,
      kind: fault.kind,
      params: fault.params,
      label,
      injectedAt: fault.startedAt,
      injectedBy: by,
      endsAt: fault.endsAt,
      endedAt: undefined,
      endedBy: undefined,
      measure: measure.id,
      baseline: value,
      peak: value,
      detectedAfterMs: undefined,
      detectedBy: undefined,
      recoveredAfterMs: undefined,
      spreadTo: [],
    };
    this.#reports.unshift({ card, moves, worse: measure.worse, before, windowMs, wasWorse: false });
    this.#changed(card, fault.startedAt);
  }

  ended(fault: ActiveFault, at: number, by: "time" | "operator"): void {
    const report = this.#reports.find(({ card }) => card.id === fault.id);
    if (report) this.#set(report, { ...report.card, endedAt: at, endedBy: by }, at);
  }

  /** An alert started firing at `at`. */
  fired(alert: Alert, at: number): void {
    const cause = this.#explaining(alert);
    if (cause === undefined || cause.card.detectedBy !== undefined) return;
    const detectedBy = { rule: alert.rule, entity: alert.entity };
    this.#set(cause, { ...cause.card, detectedAfterMs: at - cause.card.injectedAt, detectedBy }, at);
  }

  /** The fault that an alert is attributed to. */
  faultOf(alert: Alert): FaultCard | undefined {
    return this.#explaining(alert)?.card;
  }

  /** Updates all open reports. Call after the healths of the tick are known. */
  observe(at: number, condition: ConditionOf): void {
    for (const report of this.#reports) {
      if (report.card.recoveredAfterMs === undefined) this.#set(report, follow(report, at, condition), at);
    }
    const active = this.#reports.filter(({ card }) => card.endedAt === undefined);
    const ended = this.#reports
      .filter(({ card }) => card.endedAt !== undefined)
      .sort((a, b) => b.card.id - a.card.id);
    this.#reports = [...active, ...ended.slice(0, KEPT_ENDED)];
  }

  /** Active first, then ended, newest first in each group. Returns the same array until something changes. */
  list(): readonly FaultCard[] {
    const cards = this.#reports.map(({ card }) => card);
    const isSame =
      cards.length === this.#listed.length && cards.every((card, index) => card === this.#listed[index]);
    if (!isSame) this.#listed = cards;
    return this.#listed;
  }

  /**
   * An alert is attributed to one fault. Candidates were active before the breach and may affect its entity;
   * precedence is the fault that affects the alert's measure most directly, then one on the entity itself, then
   * the newest.
   */
  #explaining(alert: Alert): Report | undefined {
    const [cause] = this.#reports
      .filter(
        ({ card, before }) =>
          card.recoveredAfterMs === undefined &&
          before.has(alert.entity) &&
          alert.startedAt >= card.injectedAt,
      )
      .sort(
        (a, b) =>
          directness(a, alert) - directness(b, alert) ||
          distance(a, alert) - distance(b, alert) ||
          b.card.injectedAt - a.card.injectedAt,
      );
    return cause;
  }

  #set(report: Report, card: FaultCard, at: number): void {
    if (card === report.card) return;
    report.card = card;
    this.#changed(card, at);
  }
}

/** How directly a fault affects the measure of an alert: 0 for its first measure. */
function directness({ moves }: Report, { measure }: Alert): number {
  const place = measure === undefined ? 0 : moves.indexOf(measure);
  return place < 0 ? moves.length : place;
}

function distance({ card }: Report, { entity }: Alert): number {
  return card.entity === entity ? 0 : 1;
}

function follow(report: Report, at: number, condition: ConditionOf): FaultCard {
  const { card, before } = report;
  const worse = [...before].flatMap(([entity, baseline]) =>
    // The fault did not cause an earlier silence, nor an entity that started reporting.
    healthRank(condition(entity).health) > healthRank(baseline) ? [entity] : [],
  );
  if (worse.length > 0) report.wasWorse = true;
  const spreadTo = worse.filter((entity) => entity !== card.entity && !card.spreadTo.includes(entity));
  const value = condition(card.entity).value(card.measure);
  const baseline = Number.isNaN(card.baseline) && card.endedAt === undefined ? value : card.baseline;
  const peak = worst(report, baseline, value);
  const hasChanged =
    !Object.is(peak, card.peak) || !Object.is(baseline, card.baseline) || spreadTo.length > 0;
  const next: FaultCard = hasChanged
    ? { ...card, baseline, peak, spreadTo: [...card.spreadTo, ...spreadTo] }
    : card;
  if (card.endedAt === undefined || worse.length > 0) return next;
  if (report.wasWorse) return { ...next, recoveredAfterMs: at - card.endedAt };
  // No effect so far, but effects can appear up to one window later.
  return at - card.endedAt >= report.windowMs ? { ...next, recoveredAfterMs: 0 } : next;
}

/**
 * The worst value so far; for a measure without a worse direction, the one farthest from the baseline. What comes
 * after the end of the fault can still be worse, but such a measure then only catches up.
 */
function worst({ card: { peak, endedAt }, worse }: Report, baseline: number, value: number): number {
  if (Number.isNaN(value)) return peak;
  if (Number.isNaN(peak)) return value;
  if (worse === "none" && endedAt !== undefined) return peak;
  if (worse === "none") return Math.abs(value - baseline) > Math.abs(peak - baseline) ? value : peak;
  return worse === "up" ? Math.max(peak, value) : Math.min(peak, value);
}
