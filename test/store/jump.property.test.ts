import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FLEET } from "../../src/store/index.ts";
import { at, LATENCY, seriesOf, startStore } from "./harness.ts";

const DAY_S = 86_400;

describe("time that jumps forward", () => {
  it("leaves the same as time that passes", () => {
    const seconds = fc.integer({ min: 1, max: 2 * DAY_S });
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ jump: fc.oneof(fc.integer({ min: 1, max: 300 }), seconds), value: fc.nat(5_000) }),
          {
            minLength: 1,
            maxLength: 8,
          },
        ),
        fc.array(fc.nat(3 * DAY_S), { minLength: 5, maxLength: 5 }),
        (steps, asked) => {
          const jumping = startStore();
          const passing = startStore();
          let now = 0;
          const instants: number[] = [];
          for (const { jump, value } of steps) {
            for (const { store, api, requests } of [jumping, passing]) {
              store.advance(at(now));
              api.record(at(now), value);
              requests.add(at(now), 1);
            }
            for (let second = now; second < now + jump; second += 10) passing.store.advance(at(second));
            instants.push(now + 30);
            now += jump;
            jumping.store.advance(at(now));
            passing.store.advance(at(now));
          }
          for (const instant of [now, ...instants, ...asked.map((back) => now - back)]) {
            for (const windowMs of [15_000, 3_600_000]) {
              const [a, b] = [jumping, passing].map(({ store }) => ({
                own: store.histogram(seriesOf(store, "api"), windowMs, at(instant)),
                fleet: store.histogram(seriesOf(store, FLEET, LATENCY.name), windowMs, at(instant)),
                requests: store.counter(seriesOf(store, "api", "requests"), windowMs, at(instant)),
              }));
              expect(a).toEqual(b);
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it("goes on after years", () => {
    const { store, api } = startStore();
    for (let second = 0; second < 120; second++) {
      api.record(at(second), 20);
      store.advance(at(second + 1));
    }
    const later = 3 * 365 * DAY_S;
    store.advance(at(later));
    api.record(at(later + 0.5), 70);
    store.advance(at(later + 2));
    expect(store.histogram(seriesOf(store, "api"), 60_000, at(later + 2)).count).toBe(1);
    expect(store.histogram(seriesOf(store, "api"), 60_000, at(120)).count).toBe(0);
  });
});
