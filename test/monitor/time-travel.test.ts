import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Snapshot } from "../../src/monitor/types.ts";
import { CALM, configOf, startMonitor } from "./harness.ts";

const VARIANTS = [
  CALM,
  CALM.replace("name: back,", "name: back, labels: { team: blue },"),
  CALM.replace("window: 5s", "window: 8s"),
  `${CALM}  - { name: third, base_latency: 5ms, rate: 5 }\n`,
];

/** Actions of an operator or an edit between two ticks. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant("run" as const), ms: fc.integer({ min: 1, max: 9_000 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("inject" as const),
      entity: fc.constantFrom("front", "back", "third"),
      kind: fc.constantFrom("latency", "errors", "outage", "hang", "cpu"),
      ttlMs: fc.integer({ min: 1_000, max: 12_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("clear" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("config" as const), nth: fc.nat({ max: VARIANTS.length - 1 }) }),
  },
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The part of a snapshot that must be equal for all ways to read an instant. */
function comparable({ at, counts, health, alerts, faults, entities }: Snapshot) {
  return {
    at,
    health,
    counts,
    alerts: alerts.map(({ message: _, severity: __, ...alert }) => alert),
    faults,
    entities: entities.map(({ name, health: own, healthSince, problem }) => ({
      name,
      own,
      healthSince,
      problem,
    })),
  };
}

function play(steps: readonly Step[]) {
  const harness = startMonitor();
  const { monitor, clock } = harness;
  const seen: Snapshot[] = [];
  // The published snapshot of each tick; those of commands can share an instant with later ones.
  let ticks = 0;
  monitor.subscribe(() => {
    const snapshot = monitor.snapshot();
    if (snapshot.tick > ticks) seen.push(snapshot);
    ticks = snapshot.tick;
  });
  let lastEdit = 0;
  for (const one of steps) {
    if (one.type === "run") clock.runUntil(clock.now() + one.ms);
    else if (one.type === "inject") {
      monitor.dispatch({ type: "inject", entity: one.entity, kind: one.kind, params: {}, ttlMs: one.ttlMs });
    } else if (one.type === "clear") monitor.dispatch({ type: "clear-all" });
    else {
      monitor.reconfigure(configOf(VARIANTS[one.nth]!));
      lastEdit = clock.now();
    }
  }
  // After a config change the past shows the current entities.
  return { ...harness, seen: seen.filter(({ at }) => at > lastEdit) };
}

describe("any instant of a random session", () => {
  it("is the published snapshot as long as it is kept", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 3, maxLength: 14 }), (steps) => {
        const { monitor, seen } = play(steps);
        for (const snapshot of seen) {
          const shown = monitor.snapshotAt(snapshot.at);
          expect(comparable(shown).entities).toEqual(comparable(snapshot).entities);
          expect(shown.at).toBe(snapshot.at);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("is the same when it is rebuilt from the store and the logs", () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 3, maxLength: 14 }),
        fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 3, maxLength: 3 }),
        (steps, offsets) => {
          const { monitor, clock, seen, entity } = play(steps);
          clock.runUntil(clock.now() + 60_000);
          for (const snapshot of seen) {
            const rebuilt = monitor.snapshotAt(snapshot.at);
            expect(rebuilt).not.toBe(snapshot);
            expect(comparable(rebuilt)).toEqual(comparable(snapshot));
            // Between two ticks the state is that of the previous tick.
            const later = monitor.snapshotAt(snapshot.at + Math.min(499, offsets[0]!));
            expect(comparable(later).entities).toEqual(comparable(snapshot).entities);
          }
          expect(entity("front").values.requests).toBeGreaterThan(0);
        },
      ),
      { numRuns: 10 },
    );
  });
});

it("stores the transitions of a hundred firing alerts, not a list per tick", () => {
  const services = Array.from({ length: 60 }, (_, n) => `  - { name: s${n}, base_latency: 700ms, rate: 3 }`);
  const { monitor, run } = startMonitor(`services:\n${services.join("\n")}\n`);
  run(60);
  const firing = monitor.snapshot().alerts.filter(({ state }) => state === "firing");
  expect(firing.length).toBeGreaterThan(50);
  const before = monitor.snapshot().self.logEntries;
  run(60);
  // Their messages and the reasons of health change with every tick, but only transitions are stored: of reasons at
  // most one a minute.
  expect(monitor.snapshot().self.logEntries - before).toBeLessThan(3 * 60);
});
