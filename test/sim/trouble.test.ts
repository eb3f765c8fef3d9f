import { describe, expect, it } from "vitest";
import { noEffects } from "../../src/core/effects.ts";
import { createRealClock } from "../../src/core/real-clock.ts";
import { CALM, createRig } from "./rig.ts";

/** A machine whose time is moved by hand, and that can sleep: time passes and no timer fires. */
function createMachine() {
  let wall = 1_000_000;
  let timers: { due: number; fn: () => void }[] = [];
  const clock = createRealClock({
    wallMs: () => wall,
    setTimer: (fn, delayMs) => {
      const timer = { due: wall + delayMs, fn };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  });
  return {
    clock,
    run(ms: number) {
      for (const end = wall + ms; wall < end; ) {
        wall += 1;
        const due = timers.filter((timer) => timer.due <= wall);
        timers = timers.filter((timer) => timer.due > wall);
        for (const { fn } of due) fn();
      }
    },
    sleep(ms: number) {
      wall += ms;
    },
  };
}

describe("a machine that slept", () => {
  it("leaves a gap, never a burst", () => {
    const machine = createMachine();
    const rig = createRig(
      { a: { ...CALM, calls: [{ service: "b" }] }, b: { ...CALM, interval: 500 } },
      { clock: machine.clock },
    );
    machine.run(10_000);
    const asleep = machine.clock.now();
    machine.sleep(3_600_000);
    const awake = machine.clock.now();
    machine.run(10_000);
    for (const name of ["a", "b"]) {
      const inGap = rig.since(name, asleep + 1).filter(({ at }) => at < awake - 1_000);
      expect(inGap).toEqual([]);
      const soon = rig.since(name, awake - 1_000).filter(({ at }) => at < awake + 1_000);
      // At most what two seconds usually bring: 50 a second at `a`, 100 at `b`.
      expect(soon.length).toBeLessThan(name === "a" ? 140 : 260);
      expect(rig.since(name, awake + 5_000).length).toBeGreaterThan(200);
      expect(rig.seen(name).heartbeats.filter((at) => at > asleep && at < awake - 1_000)).toEqual([]);
    }
  });
});

describe("an exception in one service", () => {
  it("in what it records is told once, affects only that service, and is taken back when it is over", () => {
    let broken = false;
    const fleet = { a: CALM, b: CALM };
    const rig = createRig(fleet, {
      wrap: (service, recorder) => ({
        ...recorder,
        request: (...args) => {
          if (broken && service === "a") throw new Error("the disk is full");
          recorder.request(...args);
        },
      }),
    });
    rig.run(2_000);
    broken = true;
    rig.run(2_000);
    expect(rig.problems).toEqual([["a", "the simulation failed: the disk is full"]]);
    broken = false;
    rig.run(4_000);
    expect(rig.problems).toHaveLength(1);
    rig.run(2_000);
    expect(rig.problems).toEqual([
      ["a", "the simulation failed: the disk is full"],
      ["a", undefined],
    ]);
    const undisturbed = createRig(fleet);
    undisturbed.run(10_000);
    expect(rig.seen("b")).toEqual(undisturbed.seen("b"));
    expect(rig.since("a", rig.clock.now() - 1_000).length).toBeGreaterThan(20);
  });

  it("makes nothing be told twice", () => {
    let told = 0;
    const rig = createRig(
      { a: { ...CALM, rate: 200 } },
      {
        wrap: (_service, recorder) => ({
          ...recorder,
          request: (...args) => {
            told += 1;
            if (told % 100 === 0) throw new Error("the disk is full");
            recorder.request(...args);
          },
        }),
      },
    );
    rig.run(10_000);
    const ends = rig.seen("a").requests.map(({ at }) => at);
    expect(ends.length).toBeGreaterThan(500);
    expect(new Set(ends).size).toBe(ends.length);
  });

  it("in its faults leaves its callers at work", () => {
    const rig = createRig(
      { a: { ...CALM, calls: [{ service: "b" }] }, b: { ...CALM, rate: 0 } },
      {
        effects: (service) => {
          if (service === "b") throw new TypeError("no such fault");
          return noEffects();
        },
      },
    );
    rig.run(5_000);
    expect(rig.problems).toEqual([["b", "the simulation failed: no such fault"]]);
    expect(rig.seen("a").heartbeats.length).toBe(25);
    expect(rig.seen("a").requests.length).toBeGreaterThan(200);
  });

  it("in its model is an error for its callers, and its own problem", () => {
    let calls = 0;
    const rig = createRig(
      { a: { ...CALM, calls: [{ service: "b" }] }, b: { ...CALM, rate: 0 } },
      {
        effects: (service) => {
          if (service !== "b") return noEffects();
          // A reading that explodes when a request looks at it, not before.
          calls += 1;
          const poisoned = { ...noEffects(), jitterMs: 1 };
          Object.defineProperty(poisoned, "latencyMs", {
            enumerable: true,
            get: () => ({
              valueOf: () => {
                throw new Error("not a number");
              },
            }),
          });
          return poisoned;
        },
      },
    );
    rig.run(5_000);
    expect(calls).toBeGreaterThan(20);
    expect(rig.problems).toEqual([["b", "the simulation failed: not a number"]]);
    const late = rig.since("a", rig.clock.now() - 2_000);
    expect(late.length).toBeGreaterThan(50);
    for (const request of late) expect(request).toMatchObject({ ok: false, error: "b: internal error" });
    expect(rig.seen("b").heartbeats.length).toBe(25);
  });
});
