import { describe, expect, it } from "vitest";
import type { HistogramHandle, Recorder } from "../../../src/core/observation.ts";
import type { ServiceEffects } from "../../../src/worlds/services/effects.ts";
import { machine } from "../../monitor/machine.ts";
import { CALM, startSimulation } from "./harness.ts";

/** A recorder whose histograms call `before` first. */
function withHook(recorder: Recorder, before: () => void): Recorder {
  const hooked = (handle: HistogramHandle): HistogramHandle => ({
    ...handle,
    record(at, value) {
      before();
      return handle.record(at, value);
    },
  });
  return { ...recorder, histogram: (metric, labels) => hooked(recorder.histogram(metric, labels)) };
}

describe("a machine that slept", () => {
  it("leaves a gap, never a burst", () => {
    const { clock, run, sleep } = machine();
    const sim = startSimulation(
      { a: { ...CALM, calls: [{ service: "b" }] }, b: { ...CALM, interval: 500 } },
      { clock },
    );
    run(10_000);
    const asleep = clock.now();
    sleep(3_600_000);
    const awake = clock.now();
    run(10_000);
    for (const name of ["a", "b"]) {
      const inGap = sim.since(name, asleep + 1).filter(({ at }) => at < awake - 1_000);
      expect(inGap).toEqual([]);
      const soon = sim.since(name, awake - 1_000).filter(({ at }) => at < awake + 1_000);
      // At most the requests of two seconds: 50 per second at `a`, 100 at `b`.
      expect(soon.length).toBeLessThan(name === "a" ? 140 : 260);
      expect(sim.since(name, awake + 5_000).length).toBeGreaterThan(200);
      expect(sim.seen(name).heartbeats.filter((at) => at > asleep && at < awake - 1_000)).toEqual([]);
    }
  });
});

describe("an exception in one service", () => {
  it("in its recorder is reported once, affects only that service, and is cleared afterwards", () => {
    let broken = false;
    const fleet = { a: CALM, b: CALM };
    const sim = startSimulation(fleet, {
      wrap: (service, recorder) =>
        withHook(recorder, () => {
          if (broken && service === "a") throw new Error("the disk is full");
        }),
    });
    sim.run(2_000);
    broken = true;
    sim.run(2_000);
    expect(sim.problems).toEqual([["a", "the simulation failed: the disk is full"]]);
    broken = false;
    sim.run(4_000);
    expect(sim.problems).toHaveLength(1);
    sim.run(2_000);
    expect(sim.problems).toEqual([
      ["a", "the simulation failed: the disk is full"],
      ["a", undefined],
    ]);
    const undisturbed = startSimulation(fleet);
    undisturbed.run(10_000);
    expect(sim.observations().b).toEqual(undisturbed.observations().b);
    expect(sim.since("a", sim.clock.now() - 1_000).length).toBeGreaterThan(20);
  });

  it("does not record requests twice", () => {
    let recorded = 0;
    const sim = startSimulation(
      { a: { ...CALM, rate: 200 } },
      {
        wrap: (_service, recorder) =>
          withHook(recorder, () => {
            recorded += 1;
            if (recorded % 100 === 0) throw new Error("the disk is full");
          }),
      },
    );
    sim.run(10_000);
    const ends = sim.seen("a").requests.map(({ at }) => at);
    expect(ends.length).toBeGreaterThan(500);
    expect(new Set(ends).size).toBe(ends.length);
  });

  it("in its faults does not stop its callers", () => {
    const sim = startSimulation(
      { a: { ...CALM, calls: [{ service: "b" }] }, b: { ...CALM, rate: 0 } },
      {
        applyFaults: (service) => {
          if (service === "b") throw new TypeError("no such fault");
        },
      },
    );
    sim.run(5_000);
    expect(sim.problems).toEqual([["b", "the simulation failed: no such fault"]]);
    expect(sim.seen("a").heartbeats.length).toBe(25);
    expect(sim.seen("a").requests.length).toBeGreaterThan(200);
  });

  it("in its model is an error for its callers and a problem of the service", () => {
    let calls = 0;
    const sim = startSimulation(
      { a: { ...CALM, calls: [{ service: "b" }] }, b: { ...CALM, rate: 0 } },
      {
        applyFaults: (service, _at, effects) => {
          if (service !== "b") return;
          calls += 1;
          // A value that throws when a request reads it, not before.
          const poison = {
            valueOf: () => {
              throw new Error("not a number");
            },
          };
          Object.assign(effects as ServiceEffects, { latencyMs: poison });
        },
      },
    );
    sim.run(5_000);
    expect(calls).toBeGreaterThan(20);
    expect(sim.problems).toEqual([["b", "the simulation failed: not a number"]]);
    const late = sim.since("a", sim.clock.now() - 2_000);
    expect(late.length).toBeGreaterThan(50);
    for (const request of late) expect(request).toMatchObject({ ok: false, error: "b: internal error" });
    expect(sim.seen("b").heartbeats.length).toBe(25);
  });
});
