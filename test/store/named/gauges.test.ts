import { describe, expect, it } from "vitest";
import { createStore } from "../../../src/store/index.ts";
import { at, START, started } from "../rig.ts";

describe("gauges", () => {
  it("tell their newest value and its time, and never change what was given out", () => {
    const { store, api } = started();
    api.gauge(at(0.1), "cpu", 40);
    const first = store.gauges("api");
    api.gauge(at(0.3), "cpu", 60);
    api.gauge(at(0.2), "cpu", 50);
    api.gauge(at(0.3), "queue", 0);
    expect(first).toEqual(new Map([["cpu", { value: 40, at: at(0.1) }]]));
    expect(store.gauges("api")).toEqual(
      new Map([
        ["cpu", { value: 60, at: at(0.3) }],
        ["queue", { value: 0, at: at(0.3) }],
      ]),
    );
    expect(store.gauges("api")).toBe(store.gauges("api"));
  });

  it("give the newest value in each step", () => {
    const { store, api } = started();
    for (const seconds of [1, 1.5, 2, 5, 6]) {
      store.advance(at(seconds));
      api.gauge(at(seconds), "cpu", seconds);
    }
    const N = Number.NaN;
    expect([...store.gaugeSeries("api", "cpu", at(0), at(6), 7)]).toEqual([N, 1, 2, N, N, 5, 6]);
    expect([...store.gaugeSeries("api", "cpu", at(0), at(6), 3)]).toEqual([N, 2, 6]);
    expect([...store.gaugeSeries("api", "cpu", at(0), at(6), 1)]).toEqual([6]);
    expect([...store.gaugeSeries("api", "disk", at(0), at(6), 2)]).toEqual([N, N]);
    expect([...store.gaugeSeries("nobody", "cpu", at(0), at(6), 2)]).toEqual([N, N]);
  });

  it("give extremes and mean of each step, from every slot that touches it", () => {
    const { store, api } = started();
    const cpu = [10, 90, 20, 30, 40, 50];
    cpu.forEach((value, nth) => {
      store.advance(at(1 + nth * 0.5));
      api.gauge(at(1 + nth * 0.5), "cpu", value);
    });
    const ask = (of: "last" | "min" | "mean" | "max", points: number) => [
      ...store.gaugeSeries("api", "cpu", at(1), at(4), points, of),
    ];
    // By the second: (0, 1] 10; (1, 2] 90, 20; (2, 3] 30, 40; (3, 4] 50.
    expect(ask("last", 4)).toEqual([10, 20, 40, 50]);
    expect(ask("min", 4)).toEqual([10, 20, 30, 50]);
    expect(ask("mean", 4)).toEqual([10, 55, 35, 50]);
    expect(ask("max", 4)).toEqual([10, 90, 40, 50]);
    expect(ask("max", 1)).toEqual([90]);
    expect(ask("min", 1)).toEqual([20]);
  });

  it("reach back less far the more of them there are", () => {
    const store = createStore({ limits: { namedBytes: 20 * 2 * 400 } });
    store.advance(START);
    const names = ["a", "b", "c", "d"];
    const seen = (name: string) =>
      store.gaugeSeries("api", name, at(1), at(600), 600).filter((value) => !Number.isNaN(value)).length;
    for (let second = 1; second <= 600; second++) {
      store.advance(at(second));
      for (const name of second > 300 ? names : ["a"]) store.recorder("api").gauge(at(second), name, second);
      if (second === 300) expect(seen("a")).toBe(300);
    }
    // 400 slots for all in a tier, so 100 each. The slot that is open is apart; older ones come by the minute.
    const exact = [...store.gaugeSeries("api", "b", at(500), at(600), 101)];
    expect(exact).toEqual(Array.from({ length: 101 }, (_, nth) => 500 + nth));
    // What was let go when there came more of them is told by the minute, not as if nothing had been seen.
    expect(store.gaugeSeries("api", "a", at(100), at(160), 2).every((value) => value > 0)).toBe(true);
    const fine = store.self().bytes;
    store.remove("api");
    expect(fine - store.self().bytes).toBeGreaterThan(4 * 100 * 20);
    // And what they shared is free for others.
    for (let second = 601; second <= 900; second++) {
      store.advance(at(second));
      store.recorder("web").gauge(at(second), "cpu", second);
    }
    const cpu = store.gaugeSeries("web", "cpu", at(601), at(900), 300);
    expect([...cpu]).toEqual(Array.from({ length: 300 }, (_, nth) => 601 + nth));
  });

  it("are kept by the second for 15 minutes and by the minute for 48 hours, in bounded memory", () => {
    const { store, api } = started();
    const hours = (h: number) => h * 3600;
    let bytes = 0;
    for (let seconds = 5; seconds <= hours(60); seconds += 5) {
      store.advance(at(seconds));
      api.gauge(at(seconds), "cpu", seconds % 1000);
      if (seconds === hours(50)) bytes = store.self().bytes;
    }
    expect(store.self().bytes).toBe(bytes);
    const end = hours(60);
    const value = (seconds: number) => seconds % 1000;
    const near = store.gaugeSeries("api", "cpu", at(end - 60), at(end), 13);
    expect([...near]).toEqual(Array.from({ length: 13 }, (_, n) => value(end - 60 + n * 5)));
    const far = store.gaugeSeries("api", "cpu", at(end - hours(40)), at(end), 41);
    expect([...far]).toEqual(Array.from({ length: 41 }, (_, n) => value(end - hours(40 - n))));
    expect(store.gaugeSeries("api", "cpu", at(0), at(hours(2)), 2)[1]).toBeNaN();
  });

  it("refuse the 65th name", () => {
    const { store, api } = started();
    for (let n = 0; n < 66; n++) api.gauge(at(0.5), `g${n}`, 1);
    expect(store.gauges("api").size).toBe(64);
    expect(store.self().rejected).toBe(2);
  });
});
