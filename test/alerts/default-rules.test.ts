import { describe, expect, it } from "vitest";
import { defaultRules } from "../../src/alerts/default-rules.ts";
import { RuleSet } from "../../src/alerts/evaluate.ts";
import { SEVERITY_OF_LEVEL } from "../../src/alerts/limit.ts";
import { catalog } from "../../src/catalog/index.ts";
import type { EntityKind } from "../../src/core/entity.ts";
import { LEVELS, type Level, type Limits, type Measure } from "../../src/core/measure.ts";
import { assessOnce } from "../../src/health/assess.ts";
import type { EntityReading } from "../../src/measures/reading.ts";

const NOW = 1_000_000;
const rules = new RuleSet(defaultRules(catalog.rules.values(), catalog.entities.values()), catalog.rules);

/** A reading in which one measure is just beyond one of its limits, and everything else is unknown. */
function beyond(kind: EntityKind, measure: Measure, limit: number): EntityReading {
  const values = Object.fromEntries(kind.measures.map(({ id }) => [id, Number.NaN]));
  for (const { samples, minSamples, evidence } of kind.measures) {
    if (samples !== undefined) values[samples] = Math.max(values[samples] || 1, minSamples ?? 1);
    if (evidence !== undefined) values[evidence.measure] = Math.max(...Object.values(evidence.least));
  }
  const { proportion, worse, scale = 1 } = measure;
  if (proportion !== undefined) {
    const share = worse === "up" ? limit / scale : 1 - limit / scale;
    values[proportion.to] = 10_000;
    values[proportion.of] = 10_000 * share + 300;
  }
  values[measure.id] = measure.worse === "up" ? limit + 0.001 : limit - 0.001;
  const limits = kind.measures.flatMap(({ id, limits: own }): [string, Limits][] => (own ? [[id, own]] : []));
  return {
    entity: "it",
    kind,
    at: NOW,
    windowMs: 15_000,
    values,
    limits: Object.fromEntries(limits),
    lastSeenAt: NOW,
    lifeSigns: [],
    watchedSince: 0,
    gaps: [],
    cadenceMs: 1_000,
    staleAfterMs: undefined,
  };
}

/** Every limit of every measure of every kind that is registered. */
const limits = [...catalog.entities.values()].flatMap((kind) =>
  kind.measures.flatMap((measure) =>
    LEVELS.flatMap((level): [string, EntityKind, Measure, Level, number][] => {
      const limit = measure.limits?.[level];
      return limit === undefined
        ? []
        : [[`${kind.kind}.${measure.id} ${level}`, kind, measure, level, limit]];
    }),
  ),
);

describe("the default rules", () => {
  it.each(limits)("%s: health and alerts agree", (_name, kind, measure, level, limit) => {
    const reading = beyond(kind, measure, limit);
    expect(assessOnce(reading).health).toBe(level);
    const { instances, problems } = rules.evaluate([reading], NOW);
    expect(problems).toEqual([]);
    // Rules of other kinds may look at the same measure; limits without an alert name raise no alert.
    const own = instances.filter(
      ({ rule, breach }) => rule === measure.alert && breach?.measure === measure.id,
    );
    const expected = measure.alert === undefined ? [] : [SEVERITY_OF_LEVEL[level]];
    expect(own.map(({ breach }) => breach?.severity)).toEqual(expected);
  });

  it("do not fire for an entity without data", () => {
    for (const kind of catalog.entities.values()) {
      const reading = beyond(kind, { ...kind.measures[0]!, worse: "up" }, Number.NaN);
      expect(rules.evaluate([reading], NOW).instances).toEqual([]);
    }
  });
});
