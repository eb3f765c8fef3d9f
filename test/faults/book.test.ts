import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noEffects } from "../../src/core/effects.ts";
import { createFaultBook, type FaultRequest, MAX_TTL_MS, MIN_TTL_MS } from "../../src/faults/book.ts";
import { faultKinds } from "../../src/faults/index.ts";

const AT = 1_000_000;

function request(changes: Partial<FaultRequest> = {}): FaultRequest {
  return { service: "payment-service", kind: "latency", intensity: 800, ttlMs: 60_000, at: AT, ...changes };
}

describe("injecting", () => {
  it("gives the fault with its end", () => {
    const book = createFaultBook();
    const fault = book.inject(request());
    expect(fault).toEqual({
      id: 1,
      service: "payment-service",
      kind: "latency",
      intensity: 800,
      startedAt: AT,
      endsAt: AT + 60_000,
    });
    expect(book.active()).toEqual([fault]);
    expect(book.inject(request()).id).toBe(2);
  });

  it.each([
    [{ kind: "gremlin" }, /^There is no fault "gremlin"; choose one of latency, jitter, .*flapping\.$/],
    [{ intensity: 99 }, "The intensity of latency can be 100 to 3,200 ms, not 99."],
    [{ intensity: 3201 }, "The intensity of latency can be 100 to 3,200 ms, not 3201."],
    [{ intensity: Number.NaN }, "The intensity of latency can be 100 to 3,200 ms, not NaN."],
    [{ kind: "outage", intensity: 2 }, "The intensity of outage can be only 1, not 2."],
    [{ ttlMs: 999 }, "A fault can last 1s to 24h, not 999ms."],
    [{ ttlMs: MAX_TTL_MS + 3_600_000 }, "A fault can last 1s to 24h, not 1d 1h."],
    [{ ttlMs: Number.NaN }, "A fault can last 1s to 24h, not NaN."],
  ])("refuses %o in one plain sentence and changes nothing", (changes, message) => {
    const book = createFaultBook();
    expect(() => book.inject(request(changes))).toThrow(RangeError);
    expect(() => book.inject(request(changes))).toThrow(message);
    expect(book.active()).toEqual([]);
  });

  it("takes the limits themselves and what lies between two levels", () => {
    const book = createFaultBook();
    for (const intensity of [100, 3200, 555]) book.inject(request({ intensity }));
    for (const ttlMs of [MIN_TTL_MS, MAX_TTL_MS]) book.inject(request({ ttlMs }));
    expect(book.active()).toHaveLength(5);
  });
});

describe("effects", () => {
  it("are one shared frozen object where nothing is at work", () => {
    const book = createFaultBook();
    const none = book.effects("payment-service", AT);
    expect(none).toEqual(noEffects());
    expect(Object.isFrozen(none)).toBe(true);
    book.inject(request());
    expect(book.effects("auth-service", AT)).toBe(none);
  });

  it("add up on one service", () => {
    const book = createFaultBook();
    book.inject(request());
    book.inject(request({ intensity: 400 }));
    book.inject(request({ kind: "errors", intensity: 30 }));
    book.inject(request({ kind: "hang", intensity: 1 }));
    expect(book.effects("payment-service", AT)).toEqual({
      ...noEffects(),
      latencyMs: 1200,
      errorRatio: expect.closeTo(0.3, 10),
      hang: true,
    });
  });

  it("know how long each fault has been at work", () => {
    const book = createFaultBook();
    book.inject(request({ kind: "memory", intensity: 60 }));
    expect(book.effects("payment-service", AT + 30_000).leakedShare).toBeCloseTo(0.3, 10);
  });

  it("last from the injection to just before the end, expired or not", () => {
    const book = createFaultBook();
    book.inject(request());
    const latencyAt = (at: number) => book.effects("payment-service", at).latencyMs;
    expect([AT - 1, AT, AT + 59_999, AT + 60_000].map(latencyAt)).toEqual([0, 800, 800, 0]);
  });
});

describe("ending", () => {
  it("by time: each exactly at its end", () => {
    const book = createFaultBook();
    const short = book.inject(request({ ttlMs: 1_000 }));
    const long = book.inject(request({ ttlMs: 2_000 }));
    expect(book.expire(AT + 999)).toEqual([]);
    expect(book.expire(AT + 1_000)).toEqual([short]);
    expect(book.active()).toEqual([long]);
    expect(book.expire(AT + 5_000)).toEqual([long]);
    expect(book.active()).toEqual([]);
  });

  it("by hand: one service or all, with the true end", () => {
    const book = createFaultBook();
    const first = book.inject(request());
    const other = book.inject(request({ service: "auth-service" }));
    expect(book.clear("payment-service", AT + 7)).toEqual([{ ...first, endsAt: AT + 7 }]);
    expect(book.clear("payment-service", AT + 8)).toEqual([]);
    expect(book.effects("payment-service", AT + 7)).toEqual(noEffects());
    expect(book.clearAll(AT + 9)).toEqual([{ ...other, endsAt: AT + 9 }]);
    expect(book.active()).toEqual([]);
  });

  it("keeps the same list until something changes", () => {
    const book = createFaultBook();
    book.inject(request());
    const before = book.active();
    book.expire(AT + 1);
    book.clear("auth-service", AT + 1);
    expect(book.active()).toBe(before);
  });

  it("leaves nothing behind, whatever was injected", () => {
    const injected = fc.constantFrom(...Object.values(faultKinds)).chain((kind) =>
      fc.record({
        service: fc.constantFrom("a", "b", "c"),
        kind: fc.constant(kind.kind),
        intensity: fc.constantFrom(...kind.levels),
        ttlMs: fc.integer({ min: MIN_TTL_MS, max: MAX_TTL_MS }),
        at: fc.integer({ min: 0, max: 1_000_000 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(injected, { maxLength: 12 }), (requests) => {
        const book = createFaultBook();
        for (const one of requests) book.inject(one);
        const cleared = book.clear("a", 0).length;
        expect(cleared + book.expire(2_000_000 + MAX_TTL_MS).length).toBe(requests.length);
        for (const service of ["a", "b", "c"]) {
          expect(book.effects(service, 500_000)).toEqual(noEffects());
        }
      }),
    );
  });
});
