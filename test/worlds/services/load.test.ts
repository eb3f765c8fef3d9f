import { describe, expect, it } from "vitest";
import { Load, steadyWaitMs } from "../../../src/worlds/services/load.ts";

/** `rate` requests per second for `seconds`, in steps of 100 ms. Returns the number of refused ones. */
function offer(load: Load, rate: number, seconds: number, freeShare = 1): number {
  let refused = 0;
  for (let step = 0; step < seconds * 10; step += 1) {
    for (let request = 0; request < rate / 10; request += 1) if (!load.arrive()) refused += 1;
    load.settle(100, freeShare);
  }
  return refused;
}

describe("the wait in a steady queue", () => {
  it("is that of M/M/1 with one worker: S * rho / (1 - rho)", () => {
    expect(steadyWaitMs(0.5, 10, 1)).toBeCloseTo(10, 10);
    expect(steadyWaitMs(0.9, 10, 1)).toBeCloseTo(90, 10);
  });

  it("is close to the exact M/M/c with several", () => {
    // Erlang C, 4 workers at 80 %: probability of waiting 0.5964, mean wait 0.5964 * S / (4 * 0.2) = 0.7455
    // S.
    expect(steadyWaitMs(0.8, 100, 4)).toBeGreaterThan(0.93 * 74.55);
    expect(steadyWaitMs(0.8, 100, 4)).toBeLessThan(1.07 * 74.55);
  });

  it("is 0 when idle, grows with utilisation, and stays finite in overload", () => {
    const waits = [0, 0.2, 0.5, 0.8, 0.9, 0.95, 1, 5].map((rho) => steadyWaitMs(rho, 100, 4));
    expect(waits[0]).toBe(0);
    expect([...waits].sort((a, b) => a - b)).toEqual(waits);
    expect(waits.at(-1)).toBe(waits.at(-2));
    expect(waits.every(Number.isFinite)).toBe(true);
  });
});

describe("load", () => {
  it("hardly waits far below the capacity and much near it", () => {
    const waitAt = (rate: number) => {
      const load = new Load(100, 50, 100);
      offer(load, rate, 20);
      return load.waitMs;
    };
    expect(waitAt(30)).toBeLessThan(2);
    expect(waitAt(90)).toBeGreaterThan(10 * waitAt(50));
  });

  it("builds up a backlog in overload and drains it afterwards", () => {
    const load = new Load(100, 50, 100);
    offer(load, 150, 2);
    expect(load.backlog).toBeCloseTo(100, 6);
    expect(load.waitMs).toBeGreaterThan(1000);
    offer(load, 50, 1);
    expect(load.backlog).toBeCloseTo(50, 6);
    offer(load, 50, 2);
    expect(load.backlog).toBe(0);
  });

  it("refuses requests that would wait longer than three seconds", () => {
    const load = new Load(100, 50, 100);
    const refused = offer(load, 400, 10);
    expect(load.backlog).toBeCloseTo(300, 6);
    expect(refused).toBe(4000 - 1000 - 300);
  });

  it("has less capacity with less CPU", () => {
    const load = new Load(100, 50, 100);
    offer(load, 50, 5, 1);
    expect(load.backlog).toBe(0);
    offer(load, 50, 2, 0.2);
    expect(load.backlog).toBeCloseTo(60, 6);
    expect(load.waitMs).toBeGreaterThan(3000);
    expect(load.waitMs).toBeLessThan(5000);
  });

  it("has a higher utilisation with less CPU, even without a backlog", () => {
    const load = new Load(100, 50, 100);
    offer(load, 30, 20, 0.4);
    expect(load.backlog).toBe(0);
    // 75 % of the remaining capacity, 125 instead of 50 ms of work, and still 5 workers.
    expect(load.waitMs).toBeCloseTo(steadyWaitMs(0.75, 125, 5), 1);
  });

  it("is reset for a new process", () => {
    const load = new Load(100, 50, 100);
    offer(load, 400, 5);
    load.clear();
    expect([load.backlog, load.waitMs, load.utilisation]).toEqual([0, 0, 0]);
  });
});
