import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStore } from "../../src/store/index.ts";
import { FLEET } from "../../src/store/types.ts";
import { expectStats } from "./expect-stats.ts";
import { exactStats, type SeenCheck, type SeenRequest, slotOf } from "./reference.ts";
import { START } from "./rig.ts";

const SERVICES = ["api", "db", "web"];

const latency = fc.oneof(
  fc.double({ min: 0.001, max: 3_600_000, noNaN: true }),
  fc.double({ min: 1, max: 500, noNaN: true }),
);
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("request" as const),
      service: fc.constantFrom(...SERVICES),
      offset: fc.integer({ min: -2500, max: 1900 }),
      latency,
      ok: fc.boolean(),
      times: fc.constantFrom(1, 1, 1, 3, 300),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("check" as const),
      service: fc.constantFrom(...SERVICES),
      pass: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("advance" as const),
      by: fc.oneof(
        { weight: 12, arbitrary: fc.integer({ min: 1, max: 2500 }) },
        { weight: 1, arbitrary: fc.constantFrom(20_000, 1_000_000, 40_000_000) },
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("ask" as const),
      service: fc.constantFrom(...SERVICES, FLEET),
      windowMs: fc.constantFrom(500, 5000, 5000, 60_000, 900_000),
      back: fc.constantFrom(0, 0, 0, 700, 3000, 20_000),
    }),
  },
);

describe("store", () => {
  it("answers any window as the exact reference does, whatever happened and was asked before", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 150 }), (steps) => {
        const store = createStore();
        store.advance(START);
        const recorders = new Map(SERVICES.map((service) => [service, store.recorder(service)]));
        const requests: SeenRequest[] = [];
        const checks: SeenCheck[] = [];
        let now = START;
        let openSlot = slotOf(now);
        let late = 0;
        const ask = (service: string, windowMs: number, at: number) => {
          const services = service === FLEET ? SERVICES : [service];
          expectStats(
            store.stats(service, windowMs, at),
            exactStats(requests, checks, services, windowMs, at),
          );
        };
        for (const each of steps) {
          if (each.do === "advance") {
            now += each.by;
            store.advance(now);
            openSlot = Math.max(openSlot, slotOf(now));
          } else if (each.do === "request") {
            const slot = slotOf(now + each.offset);
            openSlot = Math.max(openSlot, slot);
            for (let n = 0; n < each.times; n++) {
              recorders.get(each.service)!.request(now + each.offset, each.latency, each.ok);
              if (slot < Math.min(openSlot, slotOf(now)) - 1) late += 1;
              else
                requests.push({ slot: openSlot, service: each.service, latency: each.latency, ok: each.ok });
            }
          } else if (each.do === "check") {
            recorders.get(each.service)!.check(now, each.pass);
            checks.push({ slot: openSlot, service: each.service, pass: each.pass });
          } else {
            ask(each.service, each.windowMs, now - each.back);
          }
        }
        for (const service of [...SERVICES, FLEET]) ask(service, 60_000, now);
        expect(store.self()).toMatchObject({ late, rejected: 0, services: 3 });
      }),
      { numRuns: 150 },
    );
  });

  it("gives the same running window as a store that is asked for the first time", () => {
    const traffic = fc.array(fc.array(latency, { maxLength: 12 }), { minLength: 5, maxLength: 90 });
    fc.assert(
      fc.property(traffic, fc.integer({ min: 0, max: 999 }), (seconds, phase) => {
        const asked = createStore();
        const fresh = createStore();
        for (const store of [asked, fresh]) store.recorder("api");
        // Ticks seldom fall on the end of a slot.
        let at = START + phase;
        for (const each of seconds) {
          at += 1000;
          for (const store of [asked, fresh]) {
            store.advance(at);
            each.forEach((ms, nth) => void store.recorder("api").request(at - nth, ms, nth % 3 > 0));
          }
          asked.stats("api", 10_000, at);
          asked.stats(FLEET, 10_000, at);
        }
        const once = fresh.stats("api", 10_000, at);
        expect(asked.stats("api", 10_000, at)).toEqual(once);
        expect(asked.stats(FLEET, 10_000, at)).toEqual(once);
      }),
      { numRuns: 60 },
    );
  });
});
