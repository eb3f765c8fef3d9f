import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entity } from "../../src/core/entity.ts";
import { choiceParam, numberParam } from "../../src/core/params.ts";
import { createActiveFaults, type FaultRequest, MAX_TTL_MS, MIN_TTL_MS } from "../../src/faults/active.ts";
import { type AnyFaultKind, defineFault } from "../../src/faults/types.ts";

const AT = 1_000_000;

interface Effects {
  delay: number;
  heat: number;
  mode: string;
}

const common = { title: "t", description: "d", defaultTtlMs: 60_000 } as const;

const slow = defineFault<Effects>()({
  ...common,
  kind: "slow",
  key: "s",
  accepts: ["queue"],
  params: {
    delay: numberParam({ unit: "ms", levels: [100, 800, 3200], default: 800, description: "delay" }),
  },
  label: ({ delay }) => `slow +${delay}`,
  apply: (effects, { delay }) => {
    effects.delay += delay;
  },
});

const heat = defineFault<Effects>()({
  ...common,
  kind: "heat",
  key: "h",
  accepts: ["queue", "oven"],
  params: { mode: choiceParam({ choices: ["low", "high"], default: "low", description: "mode" }) },
  label: ({ mode }) => `heat ${mode}`,
  refuses: ({ labels }) => (labels.cold === "true" ? "it is cold" : undefined),
  apply: (effects, { mode }, elapsedMs) => {
    effects.heat += elapsedMs;
    effects.mode = mode;
  },
});

const KINDS = new Map<string, AnyFaultKind>([slow, heat].map((kind) => [kind.kind, kind]));

const queue: Entity = { name: "orders", kind: "queue", origin: "w", labels: {}, links: [] };
const none = (): Effects => ({ delay: 0, heat: 0, mode: "" });

function request(changes: Partial<FaultRequest> = {}): FaultRequest {
  return { entity: queue, kind: "slow", params: {}, ttlMs: 60_000, at: AT, ...changes };
}

function start() {
  const faults = createActiveFaults(KINDS);
  const effectsAt = (entity: string, at: number) => {
    const effects = none();
    faults.apply(entity, at, effects);
    return effects;
  };
  return { faults, effectsAt };
}

describe("injecting", () => {
  it("returns the fault with its end and its parameters filled in", () => {
    const { faults } = start();
    const fault = faults.inject(request());
    expect(fault).toEqual({
      id: 1,
      entity: "orders",
      kind: "slow",
      params: { delay: 800 },
      startedAt: AT,
      endsAt: AT + 60_000,
    });
    expect(faults.list()).toEqual([fault]);
    expect(faults.inject(request()).id).toBe(2);
  });

  const oven: Entity = { ...queue, kind: "oven" };
  const desk: Entity = { ...queue, kind: "desk" };
  it.each<[Partial<FaultRequest>, string]>([
    [{ kind: "gremlin" }, 'There is no fault "gremlin"; choose one of slow, heat.'],
    [{ entity: oven }, "slow cannot break a oven; choose one of heat."],
    [{ entity: desk }, "slow cannot break a desk; no fault can break a desk."],
    [
      { entity: { ...queue, labels: { cold: "true" } }, kind: "heat" },
      "heat would have no effect on orders: it is cold.",
    ],
    [{ params: { delay: 99 } }, "The delay of slow can be 100 to 3200 ms, not 99."],
    [{ params: { delay: Number.NaN } }, "The delay of slow can be 100 to 3200 ms, not NaN."],
    [{ params: { delay: "800" } }, "The delay of slow can be 100 to 3200 ms, not 800."],
    [{ params: { dealy: 800 } }, 'slow has no parameter "dealy"; it has delay.'],
    [{ kind: "heat", params: { mode: "hot" } }, "The mode of heat can be low, high, not hot."],
    [{ ttlMs: 999 }, "A fault can last 1s to 24h, not 999ms."],
    [{ ttlMs: MAX_TTL_MS + 3_600_000 }, "A fault can last 1s to 24h, not 1d 1h."],
    [{ ttlMs: Number.NaN }, "A fault can last 1s to 24h, not NaN."],
  ])("refuses %o with one sentence and changes nothing", (changes, message) => {
    const { faults } = start();
    expect(() => faults.inject(request(changes))).toThrow(new RangeError(message));
    expect(faults.list()).toEqual([]);
  });

  it("accepts the limits and values between two levels", () => {
    const { faults } = start();
    for (const delay of [100, 3200, 555]) faults.inject(request({ params: { delay } }));
    for (const ttlMs of [MIN_TTL_MS, MAX_TTL_MS]) faults.inject(request({ ttlMs }));
    expect(faults.list()).toHaveLength(5);
  });
});

describe("effects", () => {
  it("add up on one entity and do not affect others", () => {
    const { faults, effectsAt } = start();
    faults.inject(request());
    faults.inject(request({ params: { delay: 400 } }));
    faults.inject(request({ kind: "heat", params: { mode: "high" } }));
    expect(effectsAt("orders", AT + 5)).toEqual({ delay: 1200, heat: 5, mode: "high" });
    expect(effectsAt("elsewhere", AT + 5)).toEqual(none());
  });

  it("last from the injection to just before the end, even before expiry", () => {
    const { faults, effectsAt } = start();
    faults.inject(request());
    const delays = [AT - 1, AT, AT + 59_999, AT + 60_000].map((at) => effectsAt("orders", at).delay);
    expect(delays).toEqual([0, 800, 800, 0]);
  });
});

describe("ending", () => {
  it("happens by time, for each fault exactly at its end", () => {
    const { faults } = start();
    const short = faults.inject(request({ ttlMs: 1_000 }));
    const long = faults.inject(request({ ttlMs: 2_000 }));
    expect(faults.expire(AT + 999)).toEqual([]);
    expect(faults.expire(AT + 1_000)).toEqual([short]);
    expect(faults.list()).toEqual([long]);
    expect(faults.expire(AT + 5_000)).toEqual([long]);
    expect(faults.list()).toEqual([]);
  });

  it("happens by an operator, for one entity or all, with the actual end", () => {
    const { faults, effectsAt } = start();
    const first = faults.inject(request());
    const other = faults.inject(request({ entity: { ...queue, name: "mails" } }));
    expect(faults.clear("orders", AT + 7)).toEqual([{ ...first, endsAt: AT + 7 }]);
    expect(faults.clear("orders", AT + 8)).toEqual([]);
    expect(effectsAt("orders", AT + 7)).toEqual(none());
    expect(faults.clearAll(AT + 9)).toEqual([{ ...other, endsAt: AT + 9 }]);
    expect(faults.list()).toEqual([]);
  });

  it("keeps the same list until something changes", () => {
    const { faults } = start();
    faults.inject(request());
    const before = faults.list();
    faults.expire(AT + 1);
    faults.clear("elsewhere", AT + 1);
    expect(faults.list()).toBe(before);
  });

  it("leaves no fault, after any injections", () => {
    const injected = fc.record({
      name: fc.constantFrom("a", "b", "c"),
      kind: fc.constantFrom("slow", "heat"),
      ttlMs: fc.integer({ min: MIN_TTL_MS, max: MAX_TTL_MS }),
      at: fc.integer({ min: 0, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(fc.array(injected, { maxLength: 12 }), (requests) => {
        const { faults, effectsAt } = start();
        for (const { name, ...one } of requests)
          faults.inject(request({ ...one, entity: { ...queue, name } }));
        const cleared = faults.clear("a", 0).length;
        expect(cleared + faults.expire(2_000_000 + MAX_TTL_MS).length).toBe(requests.length);
        for (const name of ["a", "b", "c"]) expect(effectsAt(name, 500_000)).toEqual(none());
      }),
    );
  });
});
