import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createVirtualClock, VIRTUAL_EPOCH_MS } from "../../../src/core/virtual-clock.ts";
import { createMonitor } from "../../../src/monitor/monitor.ts";
import type { Snapshot } from "../../../src/monitor/types.ts";
import { configOf } from "../harness.ts";

/** More services and runs for a sweep by hand. */
const SERVICES = Number(process.env.PAST_SERVICES ?? 8);
const RUNS = Number(process.env.PAST_RUNS ?? 3);
const MINUTES = Number(process.env.PAST_MINUTES ?? 1);
const FAULTS = ["latency", "errors", "outage", "hang", "cpu", "memory", "flapping"];

/** What a picture of the past has to have in common with the one that was published. */
function picture({ entities, alerts, incidents, faults, health, counts, tick, covers }: Snapshot) {
  return {
    entities: entities.map(({ lastSeenAt: _, ...entity }) => entity),
    ...{ alerts, incidents, faults, health, counts, tick, covers },
  };
}

/** Chains of services, some of which are near their limits, so that health and alerts come and go. */
function fleet(count: number, tick: string): string {
  const services = Array.from({ length: count }, (_, n) => {
    const calls = n % 4 === 0 ? "" : `, calls: [{ service: s${n - 1} }]`;
    const errors = n % 3 === 0 ? 0.06 : 0;
    const base = n % 5 === 0 ? 330 : 20;
    return `  - { name: s${n}, base_latency: ${base}ms, rate: ${count > 50 ? 2 : 12}, error_rate: ${errors}${calls} }`;
  });
  return `tick: ${tick}\nwindow: 5s\nservices:\n${services.join("\n")}\n`;
}

describe("a past snapshot", () => {
  it("is the one that was published, as long as the finest slots are kept: at ticks and between them", () => {
    const injection = fc.record({
      after: fc.integer({ min: 1, max: 40_000 }),
      entity: fc.nat({ max: SERVICES - 1 }),
      kind: fc.constantFrom(...FAULTS),
      ttlMs: fc.integer({ min: 1000, max: 40_000 }),
    });
    fc.assert(
      fc.property(
        fc.constantFrom("500ms", "1s", "300ms", "2s"),
        fc.nat({ max: 1999 }),
        fc.array(injection, { minLength: 2, maxLength: 8 }),
        fc.array(fc.nat({ max: 1_000_000 }), { minLength: 40, maxLength: 40 }),
        (tick, phase, injections, samples) => {
          const clock = createVirtualClock(VIRTUAL_EPOCH_MS + phase);
          const config = configOf(fleet(SERVICES, tick));
          const monitor = createMonitor({ config, configName: "c", clock, live: false });
          const published: Snapshot[] = [];
          monitor.subscribe(() => {
            // Before the first tick nothing is judged.
            if (monitor.snapshot().tick > 0) published.push(monitor.snapshot());
          });
          monitor.start();
          for (const { after, entity, kind, ttlMs } of injections) {
            clock.runUntil(clock.now() + after);
            monitor.dispatch({ type: "inject", entity: `s${entity}`, kind, params: {}, ttlMs });
          }
          clock.runUntil(clock.now() + MINUTES * 60_000);
          let failures = 0;
          for (const sample of samples) {
            const nth = sample % (published.length - 1);
            const then = published[nth]!;
            const next = published[nth + 1]!;
            if (next.at === then.at) continue;
            const between = then.at + (sample % Math.ceil(next.at - then.at));
            for (const at of [then.at, between]) {
              const past = monitor.snapshotAt(at);
              expect(past.at).toBe(then.at);
              expect(picture(past)).toEqual(picture(then));
            }
            failures += then.entities.reduce((sum, { failures: all }) => sum + all.length, 0);
          }
          expect(failures).toBeGreaterThan(0);
          monitor.stop();
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  });
});
