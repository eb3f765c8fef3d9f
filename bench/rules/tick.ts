import { AlertEngine, type EngineContext } from "../../src/alerts/engine.ts";
import { RuleSet } from "../../src/alerts/evaluate.ts";
import { describeTransition } from "../../src/alerts/sentences.ts";
import type { Rule } from "../../src/alerts/types.ts";
import { catalog } from "../../src/catalog/index.ts";
import { service } from "../../src/kinds/service.ts";
import { createEventLog } from "../../src/monitor/event-log.ts";
import { Transitions } from "../../src/monitor/past/transitions.ts";
import { elapsed, keep } from "../measure.ts";
import { BenchFleet } from "./fleet.ts";

const TICK_MS = 1_000;
/** Holds have passed, code is compiled, baselines are known. */
const WARM_UP = 40;

/** What a tick costs, ms: the conditions, the life cycle with marks and incidents, and those who read its log. */
export interface TickCosts {
  readonly rules: number;
  readonly alerts: number;
  readonly readers: number;
  /** The longest single tick. */
  readonly longest: number;
  /** The longest one before, in which the trouble began. */
  readonly onset: number;
  /** Active alerts at the end. */
  readonly active: number;
  /** Of the whole process at the end. */
  readonly heapMb: number;
}

/** The ticks of a fleet. @param bad the share of entities in trouble, 0..1 @param ticks how many are measured */
export function tickCosts(entities: number, rules: readonly Rule[], bad: number, ticks: number): TickCosts {
  const fleet = new BenchFleet(entities);
  const set = new RuleSet(rules, catalog.rules);
  const engine = new AlertEngine();
  const { calls, dependencies } = linksOf(entities);
  const transitions = new Transitions();
  const events = createEventLog();
  const context: EngineContext = {
    whyExpired: (rule, entity) => {
      const watches = set.watches(rule, entity, service, {});
      return watches === true ? undefined : watches;
    },
    whyFrozen: (rule, entity) => set.whyFrozen(rule, entity),
    labelsOf: () => ({ kind: "service", team: "bench" }),
    causes: {
      // Groups of ten: one is called by the other nine.
      affectedBy: (entity) => calls.get(entity) ?? NONE,
      dependenciesOf: (entity) => dependencies.get(entity) ?? NONE,
      faultOf: () => undefined,
    },
  };
  let read = 0;
  let onset = 0;
  const costs = { rules: [] as number[], alerts: [] as number[], readers: [] as number[] };
  const isBad = (nth: number) => (nth * 7919) % entities < bad * entities;
  for (let tick = 0; tick < WARM_UP + ticks; tick++) {
    const at = tick * TICK_MS;
    const readings = fleet.readings(at, tick < WARM_UP / 2 ? () => false : isBad);
    let evaluated: ReturnType<RuleSet["evaluate"]>;
    const rulesMs = elapsed(() => {
      evaluated = set.evaluate(readings, at);
    });
    const alertsMs = elapsed(() => {
      keep(engine.evaluate(at, evaluated.instances, context).length);
    });
    const readersMs = elapsed(() => {
      for (const transition of engine.log.after(read)) {
        transitions.alertChanged(transition);
        const { text, tone } = describeTransition(transition);
        if (text) events.add(at, "alert", transition.alert.entity, text, tone);
      }
      read = engine.log.sequence;
      transitions.alertsAre(engine.alerts(), at);
    });
    onset = Math.max(onset, tick < WARM_UP ? rulesMs + alertsMs + readersMs : 0);
    if (tick < WARM_UP) continue;
    costs.rules.push(rulesMs);
    costs.alerts.push(alertsMs);
    costs.readers.push(readersMs);
  }
  const totals = costs.rules.map((ms, nth) => ms + costs.alerts[nth]! + costs.readers[nth]!);
  return {
    // The clock of CPU time is coarse: a mean of many ticks is not.
    rules: mean(costs.rules),
    alerts: mean(costs.alerts),
    readers: mean(costs.readers),
    longest: Math.max(...totals),
    onset,
    active: engine.alerts().length,
    heapMb: process.memoryUsage().heapUsed / 2 ** 20,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const NONE: ReadonlySet<string> = new Set();

function linksOf(entities: number) {
  const calls = new Map<string, ReadonlySet<string>>();
  const dependencies = new Map<string, ReadonlySet<string>>();
  for (let first = 0; first < entities; first += 10) {
    const callers = Array.from({ length: 9 }, (_, nth) => `service-${first + nth + 1}`);
    calls.set(`service-${first}`, new Set(callers));
    for (const caller of callers) dependencies.set(caller, new Set([`service-${first}`]));
  }
  return { calls, dependencies };
}
