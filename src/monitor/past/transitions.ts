import { isActive, RESOLVED_KEPT_COUNT, RESOLVED_KEPT_MS } from "../../alerts/alert-entries.ts";
import type { Transition } from "../../alerts/transition-log.ts";
import type { Alert } from "../../core/alert.ts";
import { fairShare } from "../../core/fair-share.ts";
import { formatTime } from "../../core/text.ts";
import { KEPT_ENDED } from "../fault-reports.ts";
import type { FaultCard } from "../types.ts";
import { hasSameLevels, type Verdict } from "../verdict.ts";
import { SentenceLog } from "./sentence-log.ts";
import { type EntryCount, StateLog } from "./state-log.ts";

/** Transitions are kept this long, ms, as long as the store keeps numbers. */
export const TRANSITIONS_KEPT_MS = 48 * 3_600_000;
/** So many transitions are kept in all, at about 200 bytes each. */
export const TRANSITIONS_KEPT = 200_000;
/** Trimmed to this share at once, because each trimming visits all entities. */
const TRIMMED_SHARE = 0.8;
const CHECK_EVERY_MS = 60_000;
/** The exact numbers in reasons and messages are kept as long as the finest slots of the store. */
const SENTENCES_KEPT_MS = 15 * 60_000;
const SENTENCES_BYTES = 16 * 2 ** 20;
/** Reasons that change while the health does not are a transition at most this often, ms. */
const REASONS_EVERY_MS = 60_000;

/** The state of an alert from an instant on. */
interface AlertVersion {
  readonly alert: Alert;
  /** False: it ended before it fired. */
  readonly exists: boolean;
  /** In the order of noting. */
  readonly order: number;
}

/** The transitions of one entity. */
interface EntityLog {
  readonly verdicts: StateLog<Verdict>;
  /** By rule: of one rule and entity at most one alert is active. */
  readonly alerts: Map<string, StateLog<AlertVersion>>;
  /** By id. */
  readonly faults: Map<number, StateLog<FaultCard>>;
}

export interface TransitionLimits {
  readonly keepMs: number;
  readonly entries: number;
  readonly sentenceBytes: number;
}

/**
 * Verdicts, alerts and faults at any past instant. Transitions are kept by age; when there are too many, those
 * entities that have the most lose their oldest, so that one that flaps takes nothing from the others. The exact
 * numbers in their sentences are kept for minutes, see SentenceLog.
 */
export class Transitions {
  readonly #limits: TransitionLimits;
  readonly #count: EntryCount = { entries: 0 };
  readonly #entities = new Map<string, EntityLog>();
  readonly #sentences: SentenceLog;
  /** The newest version of each active alert. */
  readonly #active = new Map<number, Alert>();
  #order = 0;
  #dropped = 0;
  #nextCheck = Number.NEGATIVE_INFINITY;

  constructor(limits: Partial<TransitionLimits> = {}) {
    this.#limits = {
      keepMs: TRANSITIONS_KEPT_MS,
      entries: TRANSITIONS_KEPT,
      sentenceBytes: SENTENCES_BYTES,
      ...limits,
    };
    this.#sentences = new SentenceLog(SENTENCES_KEPT_MS, this.#limits.sentenceBytes);
  }

  /** How many are kept. */
  get size(): number {
    return this.#count.entries;
  }

  /** How many were dropped before their time because there was no room. */
  get dropped(): number {
    return this.#dropped;
  }

  get sentenceBytes(): number {
    return this.#sentences.bytes;
  }

  /** The entity is another one from now on: its earlier verdicts are not those of this one. */
  forgetVerdicts(entity: string): void {
    this.#entities.get(entity)?.verdicts.clear();
  }

  /** @param at ms since the epoch, never decreasing */
  judged(entity: string, at: number, verdict: Verdict): void {
    const { verdicts } = this.#of(entity);
    const { newest, newestAt } = verdicts;
    if (newest === verdict) return;
    this.#sentences.note(entity, at, verdict.reasons);
    const isNew =
      newest === undefined ||
      newest.health !== verdict.health ||
      newest.problem !== verdict.problem ||
      !hasSameLevels(newest, verdict) ||
      newest.healthSince !== verdict.healthSince;
    if (isNew || (at - newestAt >= REASONS_EVERY_MS && shapeOf(newest) !== shapeOf(verdict)))
      verdicts.note(at, verdict);
  }

  /** The verdict at an instant; undefined before the first one, "forgotten" before those that are kept. */
  verdictAt(entity: string, at: number): Verdict | "forgotten" | undefined {
    const verdicts = this.#entities.get(entity)?.verdicts;
    const verdict = verdicts?.at(at);
    if (verdicts === undefined || verdict === undefined)
      return verdicts?.hasForgotten(at) ? "forgotten" : undefined;
    if (verdict.reasons.length === 0) return verdict;
    const exact = this.#sentences.at(entity, at);
    return { ...verdict, reasons: exact ?? asOf(verdict.reasons, verdicts.beganAt(at)) };
  }

  /** The verdicts that were valid within (from, to]. */
  verdictsWithin(entity: string, from: number, to: number): Iterable<Verdict> {
    return this.#entities.get(entity)?.verdicts.within(from, to) ?? [];
  }

  alertChanged({ type, alert, at }: Pick<Transition, "type" | "alert" | "at">): void {
    const exists = type !== "gone";
    this.#noteAlert(alert, exists, at);
    if (exists && isActive(alert)) return;
    this.#active.delete(alert.id);
    this.#sentences.note(alert.id, at, []);
  }

  /** All alerts after an evaluation, the active ones first: what changed without a transition is kept as well. */
  alertsAre(alerts: readonly Alert[], at: number): void {
    for (const alert of alerts) {
      if (!isActive(alert)) return;
      const known = this.#active.get(alert.id);
      if (known === alert) continue;
      this.#active.set(alert.id, alert);
      this.#sentences.note(alert.id, at, [alert.message]);
      if (known !== undefined && !isSameButMessage(known, alert)) this.#noteAlert(alert, true, at);
    }
  }

  /** @param at when the change was published, ms since the epoch, never decreasing */
  faultChanged(card: FaultCard, at: number): void {
    const { faults } = this.#of(card.entity);
    let log = faults.get(card.id);
    if (log === undefined) {
      log = new StateLog(this.#count);
      faults.set(card.id, log);
    }
    log.note(at, card);
  }

  /** In the order of the life cycle: active first, then resolved, newest first in each group. */
  alertsAt(at: number): readonly Alert[] {
    const active: Alert[] = [];
    const resolved: AlertVersion[] = [];
    for (const { alerts } of this.#entities.values()) {
      for (const log of alerts.values()) {
        const version = log.at(at);
        if (version === undefined || !version.exists) continue;
        const { alert } = version;
        if (isActive(alert)) active.push(this.#withMessage(alert, log, at));
        else if (at - alert.resolvedAt! <= RESOLVED_KEPT_MS) resolved.push(version);
      }
    }
    const kept = resolved.sort((a, b) => a.order - b.order).slice(-RESOLVED_KEPT_COUNT);
    return [...active.sort(newestFirst), ...kept.map(({ alert }) => alert).sort(newestFirst)];
  }

  /** In the order of the reports: active first, then ended, newest first in each group. */
  faultsAt(at: number): readonly FaultCard[] {
    const cards: FaultCard[] = [];
    for (const { faults } of this.#entities.values()) {
      for (const log of faults.values()) {
        const card = log.at(at) ?? beforeKept(log, at);
        if (card !== undefined) cards.push(card);
      }
    }
    cards.sort(newestFirst);
    return [
      ...cards.filter(({ endedAt }) => endedAt === undefined),
      ...cards.filter(({ endedAt }) => endedAt !== undefined).slice(0, KEPT_ENDED),
    ];
  }

  /** Drops what is too old, or too much. Call it once per tick. @param now ms since the epoch */
  trim(now: number): void {
    this.#sentences.trim(now);
    if (now >= this.#nextCheck) {
      this.#nextCheck = now + CHECK_EVERY_MS;
      const before = now - this.#limits.keepMs;
      for (const [name, log] of this.#entities) {
        trimLog(log, before);
        if (
          log.verdicts.newestAt < before &&
          log.alerts.size + log.faults.size === 0 &&
          log.verdicts.size === 0
        )
          this.#entities.delete(name);
      }
    }
    if (this.#count.entries > this.#limits.entries) this.#shrink();
  }

  #shrink(): void {
    const logs = [...this.#entities.values()].map((log) => ({ log, size: sizeOf(log) }));
    const level = fairShare(
      logs.map(({ size }) => size),
      this.#limits.entries * TRIMMED_SHARE,
    );
    for (const { log, size } of logs) {
      if (size <= level) continue;
      const instants: number[] = [];
      for (const each of logsOf(log)) each.instants(instants);
      instants.sort((a, b) => a - b);
      this.#dropped += trimLog(log, instants[Math.min(size - 1, Math.ceil(size - level))]!);
    }
  }

  #noteAlert(alert: Alert, exists: boolean, at: number): void {
    const { alerts } = this.#of(alert.entity);
    let log = alerts.get(alert.rule);
    if (log === undefined) {
      log = new StateLog(this.#count);
      alerts.set(alert.rule, log);
    }
    this.#order += 1;
    log.note(at, { alert, exists, order: this.#order });
  }

  #withMessage(alert: Alert, log: StateLog<AlertVersion>, at: number): Alert {
    const exact = this.#sentences.at(alert.id, at);
    const [message] = exact ?? asOf([alert.message], log.beganAt(at));
    return message === undefined || message === alert.message ? alert : { ...alert, message };
  }

  #of(entity: string): EntityLog {
    let log = this.#entities.get(entity);
    if (log === undefined) {
      log = { verdicts: new StateLog(this.#count), alerts: new Map(), faults: new Map() };
      this.#entities.set(entity, log);
    }
    return log;
  }
}

function logsOf({ verdicts, alerts, faults }: EntityLog): readonly StateLog<unknown>[] {
  return [verdicts, ...alerts.values(), ...faults.values()];
}

function sizeOf(log: EntityLog): number {
  return logsOf(log).reduce((sum, { size }) => sum + size, 0);
}

/** @returns how many entries were dropped */
function trimLog(log: EntityLog, before: number): number {
  let dropped = logsOf(log).reduce((sum, each) => sum + each.trim(before), 0);
  // What has ended for good is not needed to know the state then.
  const drop = <Key>(logs: Map<Key, StateLog<unknown>>, key: Key) => {
    dropped += logs.get(key)!.size;
    logs.get(key)!.clear();
    logs.delete(key);
  };
  for (const [rule, each] of log.alerts) {
    const { alert, exists } = each.newest!;
    const isOver = !exists || alert.state === "resolved";
    if (isOver && each.newestAt < before - RESOLVED_KEPT_MS) drop(log.alerts, rule);
  }
  for (const [id, each] of log.faults) {
    if (each.newest!.recoveredAfterMs !== undefined && each.newestAt < before) drop(log.faults, id);
  }
  return dropped;
}

/** A fault whose first changes are no longer kept: what is known of any time since its injection. */
function beforeKept(log: StateLog<FaultCard>, at: number): FaultCard | undefined {
  const card = log.oldest;
  if (card === undefined || !log.hasForgotten(at) || at < card.injectedAt) return undefined;
  if (card.endedAt !== undefined && card.endedAt <= at) return card;
  return { ...card, peak: Number.NaN, endedAt: undefined, endedBy: undefined, recoveredAfterMs: undefined };
}

/** The numbers are those of an earlier instant, and say so. */
function asOf(sentences: readonly string[], at: number): readonly string[] {
  const last = sentences.length - 1;
  return sentences.map((text, nth) => (nth === last ? `${text} (numbers of ${formatTime(at)})` : text));
}

function shapeOf({ reasons }: Verdict): string {
  return reasons.join("\n").replace(/\d[\d.,]*/g, "0");
}

function isSameButMessage(a: Alert, b: Alert): boolean {
  return (Object.keys(a) as (keyof Alert)[]).every((key) => key === "message" || a[key] === b[key]);
}

function newestFirst(a: { readonly id: number }, b: { readonly id: number }): number {
  return b.id - a.id;
}
