import type { Alert } from "../core/alert.ts";
import { type Health, healthRank } from "../core/health.ts";
import type { Measure } from "../core/measure.ts";
import type { ActiveFault } from "../faults/types.ts";
import type { FaultCard } from "./types.ts";

const KEPT_ENDED = 50;

/** What a report needs to know of an entity at a tick. */
export interface Condition {
  readonly health: Health;
  /** The value of a measure; NaN when it is unknown. */
  value(measure: string): number;
}

export type ConditionOf = (entity: string) => Condition;

/** A fault that begins to be followed. */
export interface OpenedFault {
  readonly fault: ActiveFault;
  readonly label: string;
  /** The measure that its card follows. */
  readonly measure: Pick<Measure, "id" | "worse">;
  /** The measures it moves, the most direct first. */
  readonly moves: readonly string[];
  /** The entities that may feel it. */
  readonly dependents: Iterable<string>;
  /** The window that the entity's values cover, ms: for so long its past lingers in them. */
  readonly windowMs: number;
}

/** A card and what it is compared with. */
interface Report {
  card: FaultCard;
  readonly moves: readonly string[];
  readonly worse: Measure["worse"];
  /** The health of the entity and its dependents at injection: "healed" means no worse than this. */
  readonly before: ReadonlyMap<string, Health>;
  readonly windowMs: number;
  wasWorse: boolean;
}

/** Follows each fault tick by tick: what it changed, what noticed it, when its effects were over. */
export class FaultReports {
  #reports: Report[] = [];
  #listed: readonly FaultCard[] = [];
  readonly #changed: (card: FaultCard, at: number) => void;

  /** @param changed called for each new state of a card, at the instant of the change */
  constructor(changed: (card: FaultCard, at: number) => void) {
    this.#changed = changed;
  }

  /** @param condition the entities right now, before the fault has done anything */
  opened({ fault, label, measure, moves, dependents, windowMs }: OpenedFault, condition: ConditionOf): void {
    const before = new Map<string, Health>();
    for (const entity of [fault.entity, ...dependents]) before.set(entity, condition(entity).health);
    const value = condition(fault.entity).value(measure.id);
    const card: FaultCard = {
      id: fault.id,
      entity: fault.entity,
      kind: fault.kind,
      params: fault.params,
      label,
      injectedAt: fault.startedAt,
      endsAt: fault.endsAt,
      endedAt: undefined,
      endedBy: undefined,
      measure: measure.id,
      baseline: value,
      peak: value,
      detectedAfterMs: undefined,
      detectedBy: undefined,
      healedAfterMs: undefined,
      spreadTo: [],
    };
    this.#reports.unshift({ card, moves, worse: measure.worse, before, windowMs, wasWorse: false });
    this.#changed(card, fault.startedAt);
  }

  ended(fault: ActiveFault, at: number, by: "time" | "operator"): void {
    const report = this.#reports.find(({ card }) => card.id === fault.id);
    if (report) this.#set(report, { ...report.card, endedAt: at, endedBy: by }, at);
  }

  /**
   * An alert began to fire at `at`. It is attributed to one fault: of those that were active before the breach
   * began and that its entity can feel, the one that moves the alert's measure most directly, then the one on the
   * entity itself, then the newest.
   */
  fired(alert: Alert, at: number): void {
    const [cause] = this.#reports
      .filter(
        ({ card, before }) =>
          card.healedAfterMs === undefined && before.has(alert.entity) && alert.startedAt >= card.injectedAt,
      )
      .sort(
        (a, b) =>
          directness(a, alert) - directness(b, alert) ||
          distance(a, alert) - distance(b, alert) ||
          b.card.injectedAt - a.card.injectedAt,
      );
    if (cause === undefined || cause.card.detectedBy !== undefined) return;
    const detectedBy = { rule: alert.rule, entity: alert.entity };
    this.#set(cause, { ...cause.card, detectedAfterMs: at - cause.card.injectedAt, detectedBy }, at);
  }

  /** Updates every report that is not over. Call it when the tick's healths are known. */
  observe(at: number, condition: ConditionOf): void {
    for (const report of this.#reports) {
      if (report.card.healedAfterMs === undefined) this.#set(report, follow(report, at, condition), at);
    }
    const active = this.#reports.filter(({ card }) => card.endedAt === undefined);
    const ended = this.#reports.filter(({ card }) => card.endedAt !== undefined);
    this.#reports = [...active, ...ended.slice(0, KEPT_ENDED)];
  }

  /** Active ones first, then ended; newest first within each. The same array as long as nothing changed. */
  list(): readonly FaultCard[] {
    const cards = this.#reports.map(({ card }) => card);
    const isSame =
      cards.length === this.#listed.length && cards.every((card, index) => card === this.#listed[index]);
    if (!isSame) this.#listed = cards;
    return this.#listed;
  }

  #set(report: Report, card: FaultCard, at: number): void {
    if (card === report.card) return;
    report.card = card;
    this.#changed(card, at);
  }
}

/** How directly a fault moves the measure of an alert: 0 for its first measure. */
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
    // Silence that was there before the fault is not its doing, nor is an entity that has begun to report.
    healthRank(condition(entity).health) > healthRank(baseline) ? [entity] : [],
  );
  if (worse.length > 0) report.wasWorse = true;
  const spreadTo = worse.filter((entity) => entity !== card.entity && !card.spreadTo.includes(entity));
  const value = condition(card.entity).value(card.measure);
  const baseline = Number.isNaN(card.baseline) && card.endedAt === undefined ? value : card.baseline;
  const peak = worst(report, baseline, value);
  const isNews = !Object.is(peak, card.peak) || !Object.is(baseline, card.baseline) || spreadTo.length > 0;
  const next: FaultCard = isNews
    ? { ...card, baseline, peak, spreadTo: [...card.spreadTo, ...spreadTo] }
    : card;
  if (card.endedAt === undefined || worse.length > 0) return next;
  if (report.wasWorse) return { ...next, healedAfterMs: at - card.endedAt };
  // Nothing has shown yet; what it changed may still be on its way for one window.
  return at - card.endedAt >= report.windowMs ? { ...next, healedAfterMs: 0 } : next;
}

/** The worst value so far; of a measure without a worse direction, the one farthest from the baseline. */
function worst({ card: { peak }, worse }: Report, baseline: number, value: number): number {
  if (Number.isNaN(value)) return peak;
  if (Number.isNaN(peak)) return value;
  if (worse === "none") return Math.abs(value - baseline) > Math.abs(peak - baseline) ? value : peak;
  return worse === "up" ? Math.max(peak, value) : Math.min(peak, value);
}
