import type { Alert } from "../../core/alert.ts";
import type { EntityKind } from "../../core/entity.ts";
import { formatDuration } from "../../core/text.ts";
import type { EntityReading } from "../../measures/reading.ts";
import { isActive } from "../alert-entries.ts";
import { type RuleProblem, RuleSet } from "../evaluate.ts";
import { AlertLifecycle } from "../lifecycle.ts";
import type { RuledEntity } from "../ruled-fleet.ts";
import type { Rule, RuleKind } from "../types.ts";
import type { Sample } from "./series-notation.ts";
import { trialMore, trialValues } from "./values.ts";

/** An entity of a trial. */
export interface TrialEntity extends Omit<RuledEntity, "kind"> {
  readonly kind: EntityKind;
  /** Without a sample for this long it is unknown, ms. */
  readonly staleAfterMs: number;
}

/** How far back a sample counts while there are no newer ones, ms: as in Prometheus. */
const LOOKBACK_MS = 300_000;

interface Last {
  readonly value: number;
  readonly at: number;
}

/** The samples of one entity at one step, by measure. */
export type Step = Readonly<Record<string, Sample>>;

/**
 * Rules over written values instead of observed ones, with the life cycle of alerts. A value counts until the next one,
 * for five minutes at most; `stale` ends it. An entity without any sample for a while is unknown, as it would be live.
 */
export class Trial {
  readonly #rules: RuleSet;
  readonly #entities: ReadonlyMap<string, TrialEntity>;
  readonly #everyMs: number;
  readonly #lifecycle = new AlertLifecycle();
  readonly #last = new Map<string, Map<string, Last>>();
  readonly #seenAt = new Map<string, number>();
  readonly #problems: RuleProblem[] = [];

  /** @param everyMs the time between two steps */
  constructor(
    rules: readonly Rule[],
    ruleKinds: ReadonlyMap<string, RuleKind<unknown>>,
    entities: readonly TrialEntity[],
    everyMs: number,
  ) {
    this.#rules = new RuleSet(rules, ruleKinds);
    this.#entities = new Map(entities.map((entity) => [entity.name, entity]));
    this.#everyMs = everyMs;
  }

  /** The rules that threw, once each for an entity. */
  get problems(): readonly RuleProblem[] {
    return this.#problems;
  }

  /**
   * One evaluation.
   * @param at ms since the beginning of the trial, rising
   * @param samples by entity
   * @returns the pending and firing alerts
   */
  step(at: number, samples: ReadonlyMap<string, Step>): readonly Alert[] {
    for (const [entity, step] of samples) this.#record(entity, at, step);
    const readings = Array.from(this.#entities.values(), (entity) => this.#reading(entity, at));
    const { instances, problems } = this.#rules.evaluate(readings, at);
    for (const problem of problems) {
      const { rule, entity } = problem;
      if (!this.#problems.some((known) => known.rule === rule && known.entity === entity))
        this.#problems.push(problem);
    }
    this.#lifecycle.evaluate(at, instances, {
      whyExpired: () => undefined,
      whyFrozen: (rule, entity) => this.#rules.whyFrozen(rule, entity),
      labelsOf: (name) => {
        const { labels, kind } = this.#entities.get(name)!;
        return { ...labels, kind: kind.kind };
      },
    });
    return this.#lifecycle.alerts().filter(isActive);
  }

  #record(entity: string, at: number, step: Step): void {
    const last = this.#last.get(entity) ?? new Map<string, Last>();
    this.#last.set(entity, last);
    for (const [measure, sample] of Object.entries(step)) {
      if (sample === "stale") last.delete(measure);
      if (typeof sample !== "number") continue;
      last.set(measure, { value: sample, at });
      this.#seenAt.set(entity, at);
    }
  }

  #reading({ name, kind, labels, limits, windowMs, staleAfterMs }: TrialEntity, at: number): EntityReading {
    const fresh = [...(this.#last.get(name) ?? [])].filter(([, last]) => at - last.at <= LOOKBACK_MS);
    const values = trialValues(kind, Object.fromEntries(fresh.map(([id, { value }]) => [id, value])));
    const seenAt = this.#seenAt.get(name);
    const silentMs = at - (seenAt ?? 0);
    return {
      entity: name,
      kind,
      labels,
      at,
      windowMs,
      values,
      limits,
      lastSeenAt: seenAt,
      lifeSigns: [],
      watchedSince: 0,
      gaps: [],
      cadenceMs: this.#everyMs,
      staleAfterMs,
      more: trialMore(values),
      ...(silentMs >= staleAfterMs ? { unknown: `no data for ${formatDuration(silentMs)}` } : {}),
    };
  }
}
