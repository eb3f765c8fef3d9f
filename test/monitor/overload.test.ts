import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ruleKinds } from "../../src/alerts/rules/index.ts";
import { createCatalog } from "../../src/catalog/catalog.ts";
import type { Tick } from "../../src/core/clock.ts";
import { createMonitor, createParts } from "../../src/monitor/monitor.ts";
import type { Snapshot } from "../../src/monitor/types.ts";
import { simulated } from "../../src/sources/simulated.ts";
import type { OriginContext, Watched } from "../../src/worlds/types.ts";
import { configOf } from "./harness.ts";
import { machine } from "./machine.ts";

const RATE = 40;

/** A fleet of equal services, so that each of them shows the same. */
function fleet(count: number, extra = ""): string {
  const one = (nth: number) =>
    `  - { name: s${nth}, base_latency: 5ms, deviation: 0.1, rate: ${RATE}, error_rate: 0 }`;
  return `window: 10s\n${extra}services:\n${Array.from({ length: count }, (_, nth) => one(nth)).join("\n")}\n`;
}

/** A monitor on a machine on which every step of the simulation and every reading of an entity takes time. */
function startSlow(text: string) {
  const { clock, run, spend, sleep } = machine();
  const cost = { stepMs: 0, readMs: 0 };
  const slow = {
    ...simulated,
    open: (watched: readonly Watched[], context: OriginContext) =>
      simulated.open(watched, {
        ...context,
        applyFaults(...args) {
          spend(cost.stepMs);
          context.applyFaults(...args);
        },
      }),
  };
  // biome-ignore lint/suspicious/noExplicitAny: the registry holds source kinds with different options
  const catalog = createCatalog([slow as any], [], Object.values(ruleKinds), slow.kind);
  const parts = createParts(catalog);
  const { store } = parts;
  const failures = store.failures.bind(store);
  store.failures = (entity, at) => {
    spend(cost.readMs);
    return failures(entity, at);
  };
  const monitor = createMonitor({ config: configOf(text), configName: "c", clock, live: true }, parts);
  const seen: Snapshot[] = [];
  monitor.subscribe(() => seen.push(monitor.snapshot()));
  monitor.start();
  return { monitor, clock, run, sleep, cost, seen };
}

describe("a machine that is too slow for the simulation", () => {
  it("shows no rate as good that is too low, from the first tick on, and never pages", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 20 }),
        fc.double({ min: 5, max: 200, noNaN: true }),
        (count, stepMs) => {
          const { monitor, run, cost, seen } = startSlow(fleet(count));
          // Each service steps once a second: from a fortieth of the time that there is to four times that.
          cost.stepMs = stepMs;
          run(12_000);
          cost.stepMs = 0;
          run(16_000);
          monitor.stop();
          for (const { at, startedAt, entities } of seen) {
            const seconds = Math.min(10, (at - startedAt) / 1_000);
            if (seconds < 3) continue;
            // Four standard deviations, and the tenth that may be missing.
            const least = 0.9 * RATE - 4 * Math.sqrt(RATE / seconds);
            for (const { health, values } of entities) {
              if (health !== "unknown") expect(values.requests!).toBeGreaterThan(least);
            }
          }
          expect(seen.flatMap(({ alerts }) => alerts)).toEqual([]);
          // Once the machine is fast enough.
          expect(seen.at(-1)!.counts.healthy).toBe(count);
        },
      ),
      { numRuns: 15 },
    );
  });

  it("says why its services are unknown", () => {
    const { monitor, run, cost } = startSlow(fleet(4));
    cost.stepMs = 500;
    run(10_000);
    const reasons = monitor.snapshot().entities.flatMap((entity) => entity.reasons);
    expect(new Set(reasons)).toEqual(
      new Set(["this machine is too slow for the simulation: its rates are lower than configured"]),
    );
    monitor.stop();
  });

  it("still ticks, and lets keys have their turn", () => {
    const { monitor, clock, run, cost, seen } = startSlow(fleet(20));
    cost.stepMs = 9;
    run(1_000);
    cost.stepMs = 500;
    const keys: Tick[] = [];
    clock.every(50, (tick) => keys.push(tick));
    run(20_000);
    // One step at a time.
    expect(Math.max(...keys.map(({ lateMs }) => lateMs))).toBeLessThanOrEqual(510);
    const apart = seen.slice(1).map(({ at }, nth) => at - seen[nth]!.at);
    expect(Math.max(...apart)).toBeLessThanOrEqual(1_000);
    monitor.stop();
  });
});

describe("a fleet whose ticks take long", () => {
  it("is read in slices; each snapshot is of one instant, whatever comes between", () => {
    const act = fc.record({
      afterMs: fc.integer({ min: 1, max: 900 }),
      what: fc.constantFrom("inject", "reload", "look back", "stop"),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 8 }), fc.integer({ min: 1, max: 8 }), (acts, readMs) => {
        const { monitor, clock, run, sleep, cost, seen } = startSlow(fleet(100));
        run(3_000);
        cost.readMs = readMs;
        const keys: Tick[] = [];
        const cancel = clock.every(20, (tick) => keys.push(tick));
        run(5_000);
        expect(Math.max(...keys.map(({ lateMs }) => lateMs))).toBeLessThanOrEqual(50 + 32 * readMs + 10);
        cancel();
        let size = 100;
        for (const { afterMs, what } of acts) {
          run(afterMs);
          if (what === "stop") sleep(3_000);
          if (what === "look back") expect(monitor.snapshotAt(clock.now() - 4_000).entities).not.toEqual([]);
          if (what === "reload") {
            size = size === 100 ? 130 : 100;
            monitor.reconfigure(configOf(fleet(size)));
          }
          if (what === "inject") {
            const before = monitor.snapshot().faults.length;
            const entity = monitor.snapshot().entities.at(-1)!.name;
            monitor.dispatch({
              type: "inject",
              entity,
              kind: "latency",
              params: { latency: 100 },
              ttlMs: 1_000,
            });
            expect(monitor.snapshot().faults.length).toBeGreaterThanOrEqual(before);
          }
        }
        cost.readMs = 0;
        run(3_000);
        expect(monitor.snapshot().entities).toHaveLength(size);
        for (const { entities } of seen) {
          const instants = new Set(entities.map(({ covers }) => covers.toMs));
          expect(instants.size).toBe(1);
        }
        const ats = seen.map(({ at }) => at);
        expect(ats).toEqual(ats.toSorted((a, b) => a - b));
        monitor.stop();
      }),
      { numRuns: 6 },
    );
  });
});
