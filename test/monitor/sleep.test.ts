import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMonitor } from "../../src/monitor/monitor.ts";
import { CALM, configOf } from "./harness.ts";
import { machine } from "./machine.ts";

describe("a machine that slept", () => {
  it("leaves a gap: no burst, no alert for the time without observations, and an event", () => {
    const { clock, run, sleep } = machine();
    const monitor = createMonitor({ config: configOf(CALM), configName: "c", clock, live: true });
    monitor.start();
    run(10_000);
    const ticks = monitor.snapshot().tick;
    const rate = monitor.snapshot().entities[0]!.values.requests!;
    sleep(2 * 3_600_000);
    expect(
      monitor
        .snapshot()
        .events.map(({ text }) => text)
        .join("\n"),
    ).toContain("nothing was observed for 2h");
    run(500);
    expect(monitor.snapshot().tick - ticks).toBeLessThanOrEqual(2);
    expect(monitor.snapshot().entities[0]!.values.requests!).toBeLessThan(rate / 2);
    run(20_000);
    expect(monitor.snapshot().alerts).toEqual([]);
    expect(monitor.snapshot().health).toBe("healthy");
    monitor.stop();
  });

  it("is never blamed on what is watched: no alert after a stall of any length at any instant", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ runMs: fc.integer({ min: 1, max: 9_000 }), stallMs: stall() }), {
          minLength: 1,
          maxLength: 4,
        }),
        (stalls) => {
          const { clock, run, sleep } = machine();
          const monitor = createMonitor({ config: configOf(CALM), configName: "c", clock, live: true });
          monitor.start();
          run(10_000);
          for (const { runMs, stallMs } of stalls) {
            run(runMs);
            sleep(stallMs);
            run(3_000);
          }
          const { alerts, events } = monitor.snapshot();
          monitor.stop();
          expect(alerts).toEqual([]);
          expect(events.filter(({ kind }) => kind === "health").map(({ text }) => text)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("leaves nothing green in the gap, when it is looked at later", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3_000, max: 600_000 }), fc.nat(700), (stallMs, offsetMs) => {
        const { clock, run, sleep } = machine();
        const monitor = createMonitor({ config: configOf(CALM), configName: "c", clock, live: true });
        monitor.start();
        run(20_000 + offsetMs);
        const from = clock.now();
        sleep(stallMs);
        const to = clock.now();
        run(20_000);
        // Ticks are up to 500 ms apart on either side.
        for (let at = from + 500; at < to - 500; at += stallMs / 7) {
          expect(monitor.snapshotAt(at).entities.map(({ health }) => health)).toEqual(["unknown", "unknown"]);
        }
        const within = monitor.history.healths("front", from + 500, to - 500, 5);
        expect(new Set(within)).toEqual(new Set(["unknown"]));
        const { healthSince, health } = monitor.snapshot().entities[0]!;
        expect({ health, sinceGap: healthSince >= to - 500 }).toEqual({ health: "healthy", sinceGap: true });
        monitor.stop();
      }),
      { numRuns: 30 },
    );
  });

  it("does not let a pending alert hold while nothing is observed", () => {
    const { clock, run, sleep } = machine();
    const text = `${CALM}rules: [{ kind: HIGH_LATENCY, warning: 1ms, for: 30s }]\n`;
    const monitor = createMonitor({ config: configOf(text), configName: "c", clock, live: true });
    monitor.start();
    const states = () => new Set(monitor.snapshot().alerts.map(({ state }) => state));
    run(12_000);
    for (let stalls = 0; stalls < 6; stalls++) {
      sleep(4_000);
      run(1_000);
    }
    expect(states()).toEqual(new Set(["pending"]));
    run(30_000);
    expect(states()).toEqual(new Set(["firing"]));
    monitor.stop();
  });
});

describe("a system clock that is set back", () => {
  it("is reported, with by how much the times shown are ahead, until it is set right", () => {
    const { clock, run, setBack } = machine();
    const monitor = createMonitor({ config: configOf(CALM), configName: "c", clock, live: true });
    monitor.start();
    run(20_000);
    const before = monitor.snapshot().at;
    setBack(3_600_000);
    run(5_000);
    const { at, self, events, alerts } = monitor.snapshot();
    expect(at - before).toBeGreaterThan(4_000);
    expect(at - before).toBeLessThan(6_000);
    expect(self.aheadMs).toBeGreaterThan(3_599_000);
    expect(events[0]!.text).toBe("the system clock was set back: the times shown are 1h ahead of it");
    setBack(-3_600_000);
    run(5_000);
    expect(monitor.snapshot().self.aheadMs).toBe(0);
    expect(monitor.snapshot().events[0]!.text).toBe("the times shown are those of the system clock again");
    expect([...alerts, ...monitor.snapshot().alerts]).toEqual([]);
    monitor.stop();
  });
});

/** From a few ms to two hours, all orders of magnitude alike, ms. */
function stall() {
  return fc.double({ min: 0, max: 1, noNaN: true }).map((share) => Math.round(10 * 720_000 ** share));
}
