import type { Rule } from "../../src/alerts/types.ts";
import { catalog } from "../../src/catalog/index.ts";
import type { Values } from "../../src/core/measure.ts";
import { service } from "../../src/kinds/service.ts";
import { LimitJudge } from "../../src/measures/limit-judge.ts";
import type { EntityReading } from "../../src/measures/reading.ts";

/** Four rules of the default ones: they share the verdicts of health. */
export const DEFAULT_FOUR = ["HIGH_CPU", "HIGH_ERROR_RATE", "HIGH_LATENCY", "SERVICE_DOWN"].map(
  (kind): Rule => ({ name: kind, kind, options: catalog.rules.get(kind)!.schema.parse({}) }),
);

/** Four rules with conditions and memories of their own. */
export const OWN_FOUR = [
  { kind: "THRESHOLD", measure: "cpu", above: 80, recovery: 70 },
  {
    kind: "ALL",
    name: "ALL",
    conditions: [
      { measure: "cpu", above: 80 },
      { measure: "memory", above: 75 },
    ],
  },
  { kind: "CHANGE", measure: "memory", percent: 50, within: "5m" },
  { kind: "ANOMALY", measure: "p50", z: 4 },
].map(
  ({ kind, ...options }): Rule => ({
    name: `OWN_${kind}`,
    kind,
    options: catalog.rules.get(kind)!.schema.parse(options),
  }),
);

const LIMITS = Object.fromEntries(
  service.measures.flatMap(({ id, limits }) => (limits ? [[id, limits]] : [])),
);

/** A fleet whose values are written: all is fine, or everything is wrong with some entities. */
export class BenchFleet {
  readonly #judges: LimitJudge[];
  readonly #names: string[];

  constructor(entities: number) {
    this.#names = Array.from({ length: entities }, (_, nth) => `service-${nth}`);
    this.#judges = this.#names.map(() => new LimitJudge());
  }

  /** The readings of a tick, judged by health. @param isBad which entities are in trouble @param at ms */
  readings(at: number, isBad: (nth: number) => boolean): EntityReading[] {
    return this.#names.map((entity, nth) => {
      const bad = isBad(nth);
      const values = valuesOf(bad, at / 1000 + nth);
      const judge = this.#judges[nth]!;
      const reading: EntityReading = {
        entity,
        kind: service,
        labels: NO_LABELS,
        at,
        windowMs: 15_000,
        values,
        limits: LIMITS,
        lastSeenAt: at,
        lifeSigns: [{ name: "heartbeat", lastSeenAt: bad ? at - 60_000 : at }],
        watchedSince: 0,
        gaps: [],
        cadenceMs: 1_000,
        staleAfterMs: undefined,
      };
      for (const measure of service.measures) judge.judge(reading, measure, { limits: LIMITS[measure.id] });
      return { ...reading, crossings: judge.crossings };
    });
  }
}

const NO_LABELS = {};

/** Values differ from tick to tick, so that the messages of alerts do. */
function valuesOf(isBad: boolean, phase: number): Values {
  const wave = Math.sin(phase);
  const values: Record<string, number> = {};
  for (const { id } of service.measures) values[id] = Number.NaN;
  return Object.assign(values, {
    requests: 1_000,
    errors: isBad ? 400 : 2,
    error_rate: isBad ? 0.4 : 0.002,
    latencies: 1_000,
    checks: 15,
    failed_checks: 0,
    availability: 100,
    p99: (isBad ? 2_000 : 100) + 10 * wave,
    p50: (isBad ? 900 : 40) + 4 * wave,
    cpu: (isBad ? 97 : 30) + wave,
    memory: (isBad ? 90 : 40) + wave,
    request_rate: 60,
  });
}
