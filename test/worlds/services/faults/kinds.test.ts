import { describe, expect, it } from "vitest";
import type { Entity } from "../../../../src/core/entity.ts";
import {
  defaultParams,
  type NumberParam,
  type ParamSpecs,
  type Params,
} from "../../../../src/core/params.ts";
import type { AnyFaultKind } from "../../../../src/faults/types.ts";
import { service } from "../../../../src/kinds/service.ts";
import { noEffects, resetEffects, type ServiceEffects } from "../../../../src/worlds/services/effects.ts";
import { serviceFaults } from "../../../../src/worlds/services/faults/index.ts";

const kinds: [string, AnyFaultKind][] = Object.entries(serviceFaults);

/** Half a minute in steps of a second, because some faults need time or alternate. */
const MOMENTS = Array.from({ length: 31 }, (_, second) => second * 1000);

const SIGNS: Readonly<Record<string, string>> = { percent: "%", ratio: "%" };

function applied(kind: AnyFaultKind, params: Params, elapsedMs: number, times = 1): ServiceEffects {
  const effects = noEffects();
  for (let time = 0; time < times; time += 1) kind.apply(effects, params, elapsedMs);
  return effects;
}

function numberParams(kind: AnyFaultKind): [string, NumberParam][] {
  return Object.entries(kind.params as ParamSpecs).filter(
    (param): param is [string, NumberParam] => param[1].type === "number",
  );
}

/**
 * Every level of every parameter with defaults for the others; the defaults for a fault without parameters.
 */
function settings(kind: AnyFaultKind): Params[] {
  const defaults = defaultParams(kind.params);
  return [
    defaults,
    ...numberParams(kind).flatMap(([name, { levels }]) =>
      levels.map((level) => ({ ...defaults, [name]: level })),
    ),
  ];
}

function entity(links: Entity["links"]): Entity {
  return { name: "a", kind: service.kind, origin: "simulated", labels: {}, links };
}

it("every fault has a unique key without another meaning", () => {
  const keys = kinds.map(([, kind]) => kind.key);
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(key).toMatch(/^[a-fhilmnopr-wyz]$/);
});

describe.each(kinds)("fault %s", (name, kind) => {
  it("is registered under its own name and described", () => {
    expect(kind.kind).toBe(name);
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(kind.title).toMatch(/^[A-Z]/);
    expect(kind.description).toMatch(/^[A-Z].*\.$/);
    expect(kind.accepts).toEqual([service.kind]);
  });

  it("has rising levels that include the default, and a default duration of 10 s to 10 min", () => {
    for (const [param, { levels, default: chosen, description }] of numberParams(kind)) {
      expect(param).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(description).toMatch(/\w/);
      expect(levels[0]).toBeGreaterThan(0);
      expect([...new Set(levels)].sort((a, b) => a - b)).toEqual(levels);
      expect(levels).toContain(chosen);
    }
    expect(kind.defaultTtlMs).toBeGreaterThanOrEqual(10_000);
    expect(kind.defaultTtlMs).toBeLessThanOrEqual(600_000);
  });

  it("has an effect at every level", () => {
    for (const params of settings(kind)) {
      const moments = MOMENTS.map((elapsed) => JSON.stringify(applied(kind, params, elapsed)));
      expect({ params, moved: moments.some((moment) => moment !== JSON.stringify(noEffects())) }).toEqual({
        params,
        moved: true,
      });
    }
  });

  it("is at least as strong when active twice, and stays within bounds", () => {
    for (const params of settings(kind)) {
      for (const elapsed of MOMENTS) {
        const once = applied(kind, params, elapsed);
        const twice = applied(kind, params, elapsed, 2);
        for (const key of Object.keys(once) as (keyof ServiceEffects)[]) {
          expect(Number(twice[key])).toBeGreaterThanOrEqual(Number(once[key]));
        }
        expect(twice.errorRatio).toBeLessThanOrEqual(1);
        expect(twice.cpuShare).toBeLessThanOrEqual(1);
      }
    }
  });

  it("has no effect after a reset", () => {
    const effects = applied(kind, defaultParams(kind.params), 29_000, 2);
    resetEffects(effects);
    expect(effects).toEqual(noEffects());
  });

  it("shows its intensity and the unit in its label, unless it has no parameters", () => {
    const [first] = numberParams(kind);
    if (first === undefined) {
      expect(kind.label(defaultParams(kind.params))).not.toMatch(/\d/);
      return;
    }
    const [param, { levels, unit }] = first;
    for (const level of levels) {
      const label = kind.label({ ...defaultParams(kind.params), [param]: level });
      expect(label.replaceAll(",", "")).toContain(String(level));
      expect(label).toContain(SIGNS[unit] ?? unit);
    }
  });

  it("can be injected into a service that calls another one, or gives a reason", () => {
    expect(kind.refuses?.(entity([{ type: "calls", to: "b" }]))).toBeUndefined();
    const refusal = kind.refuses?.(entity([]));
    if (refusal !== undefined) expect(refusal).toMatch(/^it [^.]*$/);
  });
});

describe("labels and effects", () => {
  it("labels are a few words", () => {
    expect(serviceFaults.latency.label({ latency: 1600 })).toBe("latency +1,600 ms");
    expect(serviceFaults.errors.label({ error_rate: 30 })).toBe("errors 30 %");
    expect(serviceFaults.traffic.label({ factor: 4 })).toBe("traffic x4");
  });

  it("memory leaks over time", () => {
    expect(applied(serviceFaults.memory, { leak: 120 }, 0).leakedShare).toBe(0);
    expect(applied(serviceFaults.memory, { leak: 120 }, 30_000).leakedShare).toBeCloseTo(0.6, 10);
  });

  it("flapping refuses requests in the second half of each period", () => {
    const down = [0, 4_999, 5_000, 9_999, 10_000, 15_000].map(
      (elapsed) => applied(serviceFaults.flapping, { period: 10 }, elapsed).refuse,
    );
    expect(down).toEqual([false, false, true, true, false, true]);
  });

  it("errors combine as independent causes, and traffic multiplies", () => {
    expect(applied(serviceFaults.errors, { error_rate: 30 }, 0, 2).errorRatio).toBeCloseTo(0.51, 10);
    expect(applied(serviceFaults.traffic, { factor: 4 }, 0, 2).trafficFactor).toBe(16);
  });

  it("dependency-cut is refused by a service without calls, even if it publishes", () => {
    const refuses = serviceFaults["dependency-cut"].refuses!;
    expect(refuses(entity([]))).toBe("it calls no other service");
    expect(refuses(entity([{ type: "publishes", to: "orders" }]))).toBe("it calls no other service");
  });
});
