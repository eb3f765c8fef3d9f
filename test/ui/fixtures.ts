import type { EntityKind } from "../../src/core/entity.ts";
import type { Measure } from "../../src/core/measure.ts";
import type { EntitySnapshot, Kinds } from "../../src/monitor/types.ts";

/** An entity kind with a column for each of the given measures. */
export function kindWith(kind: string, worse: Readonly<Record<string, Measure["worse"]>>): EntityKind {
  const ids = Object.keys(worse);
  return {
    kind,
    title: `${kind}s`,
    description: "",
    metrics: [],
    measures: ids.map((id) => ({
      id,
      title: id,
      unit: "count",
      description: "",
      worse: worse[id]!,
      read: { type: "statistic", metric: id, stat: "last" },
    })),
    columns: ids.map((measure, priority) => ({ measure, heading: measure, width: 6, priority })),
    headline: ids[0]!,
    bars: [],
    compared: [],
  };
}

export const queue = kindWith("queue", { depth: "up", share: "down", rate: "none" });
export const host = kindWith("host", { load: "up" });

export function kindsWith(rest: Partial<Kinds> = {}): Kinds {
  const entities = new Map([queue, host].map((each) => [each.kind, each]));
  return { entities, faults: [], actions: [], ...rest };
}

export function entity(name: string, rest: Partial<EntitySnapshot> = {}): EntitySnapshot {
  return {
    name,
    kind: "queue",
    origin: "test",
    labels: {},
    links: [],
    linkedFrom: [],
    health: "healthy",
    reasons: [],
    levels: {},
    healthSince: 0,
    windowMs: 60_000,
    covers: { fromMs: -60_000, toMs: 0, slotMs: 500 },
    values: {},
    limits: {},
    lastSeenAt: 0,
    failures: [],
    breakable: true,
    problem: undefined,
    ...rest,
  };
}
