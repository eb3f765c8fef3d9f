import fc from "fast-check";
import { expect, it } from "vitest";
import { createVirtualClock, VIRTUAL_EPOCH_MS } from "../../src/core/virtual-clock.ts";
import { createMonitor } from "../../src/monitor/monitor.ts";
import { CALM, configOf } from "./harness.ts";

it("at every tick the count is the rate times the window, wherever between two ticks the monitor began", () => {
  const ticks = fc.constantFrom("100ms", "300ms", "500ms", "700ms", "1s", "2500ms");
  fc.assert(
    fc.property(ticks, fc.integer({ min: 0, max: 2499 }), fc.constantFrom(5, 15), (tick, phase, seconds) => {
      const clock = createVirtualClock(VIRTUAL_EPOCH_MS + phase);
      const config = configOf(`tick: ${tick}${CALM.replace("window: 5s", `window: ${seconds}s`)}`);
      const monitor = createMonitor({ config, configName: "c", clock, live: false });
      monitor.start();
      const compared = new Set<number>();
      monitor.subscribe(() => {
        const { at, tickMs, startedAt, entities } = monitor.snapshot();
        expect(at % tickMs).toBe(0);
        if (at - startedAt < 1000 * seconds + 1000) return;
        for (const { values } of entities) {
          expect(values.requests).toBeGreaterThan(0);
          expect(values.request_rate! * seconds).toBeCloseTo(values.requests!, 6);
        }
        compared.add(at);
      });
      clock.runUntil(clock.now() + 1000 * (seconds + 10));
      expect(compared.size).toBeGreaterThanOrEqual(3);
      monitor.stop();
    }),
    { numRuns: 25 },
  );
});
